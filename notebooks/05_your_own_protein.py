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
# # Your own protein
# Another receptor and ligand are another folder, and no line of Python. `toy/` is complete and made up; `egfr/` gives names
# only, and everything else is fetched. The schema is in `axlstruct/targets/README.md`.

# %%
from pathlib import Path

import axlstruct as ax

print(Path("toy/target.toml").read_text())

# %%
toy = ax.load("toy", mirror="toy", offline=True)
toy

# %% [markdown]
# Tyr6 is coded by two exons on the minus strand, and its atoms are not in the structure.

# %%
toy.where("Y6")

# %%
columns = ["protein", "position", "residue", "exons", "domain", "chain", "number", "coverage", "interface", "partners"]
toy.residues()[columns].head(14)

# %%
toy.interfaces("1TOY")

# %%
toy.figure("domains")

# %% [markdown]
# With a network (or files of these names in a mirror), EGFR and EGF take as many lines:
#
# ```python
# egfr = ax.load("egfr")
# egfr.where("L858")
# egfr.view("1IVO", color="domain")
# ```
