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
# # Figures
# Every figure is a matplotlib figure: save it as PNG, SVG or PDF. Stills are ray-traced by PyMOL (the extra `stills`) in a
# process of its own; here as drafts, in print quality with `print_quality=True`.

# %%
import axlstruct as ax

study = ax.load("axl")
study.figure("domains")

# %% [markdown]
# **The complex** from the front and from the top, along the computed two-fold axis; no camera was turned by hand.

# %%
study.figure("overview")

# %% [markdown]
# **The major interface** with its hydrogen bonds and salt bridges, in author numbers.

# %%
study.figure("interface-closeup", interface="major")

# %% [markdown]
# **The six tyrosines** on the AlphaFold model, with its confidence. Behind the kinase domain the model says little.

# %%
study.figure("sites")

# %%
study.figure("contact-map")

# %% [markdown]
# **The same scene elsewhere**: PyMOL, ChimeraX, Mol*.

# %%
from tempfile import TemporaryDirectory

with TemporaryDirectory() as folder:
    for viewer, ending in (("pymol", "pml"), ("chimerax", "cxc"), ("molviewspec", "mvsj")):
        print([path.name for path in study.export("2C5D", to=viewer, output=f"{folder}/2c5d.{ending}")])
