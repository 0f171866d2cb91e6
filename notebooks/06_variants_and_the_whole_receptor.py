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
# # Variants, and the receptor beyond 2C5D
# A residue has many numbers. The paper on 2C5D writes T77R, the literature of the 887-residue form means the same residue, and
# a sequencer reports a base of chromosome 19.

# %%
import axlstruct as ax

study = ax.load("axl")
study.translate("T77@2C5D", "887:T77", "c.250", "chr19:41220801")[["query", "uniprot", "forms", "exons", "codon", "author"]]

# %% [markdown]
# **Variants** in any notation, with what is known of their residues. A wrong letter keeps its row and says why.

# %%
variants = study.variants(["T77R@2C5D", "p.Arg103Gln", "887:Y695F", "R103*", "Y695F"])
variants[["variant", "status", "hgvs", "consequence", "exons", "domain", "author", "burial", "interface", "ddg", "note"]]

# %% [markdown]
# **Which structure to open** for a stretch, and why. Nothing shows Tyr821 but a model that does not trust itself there.

# %%
study.best("IG1", "TM", "698-703", "Y779", "Y821", runs=True)[["first", "last", "regions", "structure", "chain", "reason"]]

# %% [markdown]
# **The kinase domain** of the model: alphaC in, DFG in, spine intact, by published rules; and how far each tyrosine is exposed.

# %%
geometry = study.kinase("AF-P30530", table="geometry")
geometry[["lys", "glu", "lys_glu", "alphac", "d1", "d2", "dfg", "cluster", "spine", "state", "note"]].T

# %%
study.figure("kinase")

# %% [markdown]
# **The family.** The paper says that only the minor site is conserved in TYRO3 and MERTK; the numbers, by sequence and by place.

# %%
study.family("conservation")

# %%
study.figure("family")

# %% [markdown]
# **What is published**, tied to regions: trials of drugs that act on the kinase, by class.

# %%
study.evidence("trials", region="kinase").groupby(["drug_class", "drug"]).size()

# %%
study.figure("evidence")

# %% [markdown]
# **The whole model, laid on the complex as one rigid body**, is refuted: its own domains run through the partners. That is the
# finding, counted in pairs of C-alphas closer than 4 Å.

# %%
study.table("composite", table="clashes").frame().head()

# %% [markdown]
# **A hypothesis, not a structure:** pieces of the AlphaFold model set around the complex, across a membrane.

# %%
study.composite(hinged=True)
