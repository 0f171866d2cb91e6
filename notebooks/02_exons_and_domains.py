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
# # Exons and domains
# AXL is coded by 20 exons. Eight of the nineteen junctions split a codon, so eight residues belong to two exons.

# %%
import axlstruct as ax

study = ax.load("axl")
axl = study.target.receptor
[(exon.number, str(exon.span)) for exon in study.exons]

# %%
axl.transcript.split_codons

# %% [markdown]
# The three bases of such a codon lie thousands of bases apart, or, as for Arg103, a few hundred.

# %%
print(study.where("R103"))

# %% [markdown]
# Domains are UniProt's. Tyr821 and Tyr866 lie behind the kinase domain, although they are often said to be in it.

# %%
{site.name: axl.domain(site.position) or "no domain" for site in study.sites}

# %% [markdown]
# Each position of each chain has a word of coverage. Absence is an answer.

# %%
residues = study.residues(areas=None)
residues.groupby(["structure", "chain", "protein", "coverage"], sort=False).size().unstack(fill_value=0)

# %%
study.figure("domains")

# %%
study.view("2C5D", color="exon")
