"""A target of a few residues, as TOML."""

from __future__ import annotations

from pathlib import Path

from axlstruct.sequence.target import Target
from axlstruct.sources.cache import Cache
from axlstruct.sources.target import load_target

RECEPTOR = "MGRVPLAWKSTDEQHNFYICRLPGTASVWEKDNQHMFIYT"


LIGAND = "MKTLLVPEWDRHSGNCQIVKFYWERTYNAS"


TOML = f"""
schema = 1
name = "toy"
interfaces = ["main"]

[receptor]
name = "REC"
accession = "P00001"
sequence = "{RECEPTOR}"
features = [{{kind = "domain", name = "Head", first = 5, last = 20}}, {{kind = "signal", name = "signal", first = 1, last = 4}}]
sites = [{{position = 18, residue = "Y", role = "docking", source = "a paper"}}]

[receptor.transcript]
id = "T1"
chromosome = "7"
strand = -1
assembly = "GRCh38"
cds_start = 4
exons = [[1000, 1042], [901, 950], [700, 760]]

[ligand]
name = "LIG"
accession = "P00002"
sequence = "ligand.fasta"
features = []

[[structures]]
id = "1TOY"
required = true
reference = true

[[structures]]
id = "2TOY"
"""


def load(folder: Path, text: str = TOML) -> Target:
    (folder / "target.toml").write_text(text)
    (folder / "ligand.fasta").write_text(f">P00002 a ligand\n{LIGAND[:20]}\n{LIGAND[20:]}\n")
    return load_target(folder, Cache(folder / "cache", (), offline=True))
