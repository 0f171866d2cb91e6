"""Write skempi_locations.tsv from the table of SKEMPI 2.0 (``skempi_v2.csv``, https://life.bsc.es/pid/skempi2, CC BY 4.0).

Run as ``python make_skempi_locations.py skempi_v2.csv``. The columns used are ``#Pdb`` (``2C5D_AB_CD``: entry and the chains of
either side), ``Mutation(s)_PDB`` (``TA304D``: letter, chain, author number, new letter) and ``iMutation_Location(s)``. A residue
that is mutated in several rows has the same location in all of them, which is checked.
"""

import csv
import re
import sys
from pathlib import Path

ENTRIES = ("2C5D", "4RA0")
OUT = Path(__file__).with_name("skempi_locations.tsv")

found = {}
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file, delimiter=";"):
        entry, _, partners = row["#Pdb"].partition("_")
        if entry not in ENTRIES:
            continue
        mutations, places = row["Mutation(s)_PDB"].split(","), row["iMutation_Location(s)"].split(",")
        for mutation, place in zip(mutations, places, strict=True):
            letter, chain, number = re.fullmatch(r"([A-Z])(\w)(-?\d+)[A-Z]", mutation).groups()
            key = (entry, partners.replace("_", ":"), chain, int(number), letter)
            if found.setdefault(key, place) != place:
                raise SystemExit(f"{key}: both {found[key]} and {place}")

head = [line for line in OUT.read_text().splitlines() if line.startswith("#")] if OUT.exists() else []
lines = ["\t".join(map(str, (*key, place))) for key, place in sorted(found.items())]
OUT.write_text("\n".join([*head, "structure\tpartners\tchain\tnumber\tletter\tlocation", *lines, ""]))
