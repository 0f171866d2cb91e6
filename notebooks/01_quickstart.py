# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # AXL, residue by residue
# From import to view in ten lines. Coordinates come from the cache, a mirror or the servers; sequences, exons, domains and
# sites ship with the package.

# %%
import axlstruct as ax

study = ax.load("axl")
study

# %% [markdown]
# **Where is Tyr702?** In no chain of 2C5D, which holds only the two Ig domains; in two chains of the kinase structure 5U6B;
# and in the AlphaFold model, at low confidence.

# %%
study.where("Y702")

# %% [markdown]
# **Glu59 of the paper** is author numbering of 2C5D. In UniProt it is Glu66, in exon 2.

# %%
study.where("E59@2C5D")

# %% [markdown]
# **Who touches whom?** A-C and B-D are two copies of the major contact, A-D and B-C of the minor one.

# %%
study.interfaces("2C5D")

# %%
study.contacts("2C5D", cutoff=4.0).head(10)

# %% [markdown]
# **All along the sequence**, with exons, domains, sites, what each structure shows, and the interface.

# %%
study.figure("domains")

# %% [markdown]
# **In three dimensions.** Sites that are not in the structure are named beside the view, never drawn elsewhere.

# %%
study.view("2C5D", color="exon")

# %% [markdown]
# **One linked page** holds all of this: tracks, view, tables and what is published, in a file that needs no network. Its address
# takes a residue: `axl.html#AXL:Y702` opens it with Tyr702 selected everywhere, which says where it is seen and where it is not.

# %%
from pathlib import Path
from tempfile import mkdtemp

page = study.report(Path(mkdtemp()) / "axl.html")
print(f"{page.as_uri()}#AXL:Y702")
