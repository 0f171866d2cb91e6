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
# # The interface
# GAS6 and AXL touch twice: a major contact between IG1 and LG1, and a minor one between IG2 and LG1. 2C5D shows each of them
# in two copies.

# %%
import axlstruct as ax

study = ax.load("axl")
columns = ["interface", "chain_1", "chain_2", "residue_pairs", "bsa", "bsa_1", "bsa_2", "hbonds", "salt_bridges", "sheet"]
study.interfaces("2C5D")[columns]

# %% [markdown]
# **Contacts seen in both copies** are the consensus.

# %%
consensus = study.consensus("2C5D")
consensus[consensus["in_all"]].groupby("interface").size()

# %% [markdown]
# **Typed interactions**, graded: at 3.3 Å a hydrogen bond is an inference.

# %%
bonds = study.interactions("2C5D")
bonds.groupby(["interface", "type", "grade"]).size().unstack(fill_value=0)

# %%
shown = ["chain_1", "residue_1", "number_1", "chain_2", "residue_2", "number_2", "type", "distance", "grade", "reasons", "copies"]
bonds.loc[bonds["interface"] == "minor", shown]

# %% [markdown]
# **By exon and by domain.** Leu138, central to the minor contact, lies between the Ig domains.

# %%
study.sums("2C5D", by="domain").drop(columns=["structure", "assembly", "radii"])

# %% [markdown]
# **The footprint** of each protein on the other: area that a residue loses, by class of contact and by core, rim and support.

# %%
study.figure("footprint")

# %% [markdown]
# **Measured.** Single mutants with their change of binding energy (kcal/mol); two assays are never put on one axis.

# %%
affinity = study.evidence("affinity")
affinity[~affinity["mutations"].str.contains(";")][["mutations", "mutations_uniprot", "ddg", "assay"]]

# %%
study.figure("ddg")

# %% [markdown]
# **An engineered decoy.** 4RA0 has four mutations; it shows one copy of the major contact and cannot speak of the minor one.

# %%
changes = study.compare("2C5D", "4RA0")
changes[changes["interface"] == "major"].groupby(["kind", "change"]).size().unstack(fill_value=0)

# %%
study.figure("contact-map")

# %%
study.view("2C5D", color="interface")
