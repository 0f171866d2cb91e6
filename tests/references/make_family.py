"""Write family.json: the receptor and its relatives aligned by five other programs.

Debian packages emboss, mafft, clustalo, muscle, tm-align, and a Python with gemmi:
    python make_family.py family.json /path/to/features_AXL.tsv AF-P30530-F1.pdb AF-Q06418-F1.pdb AF-Q12866-F1.pdb
Kept are aligned stretches (first position in the receptor, first in the relative, length), no coordinates: of EMBOSS needle with
gap costs 12 and 2 (its score too), of the alignment of all three sequences by MAFFT, Clustal Omega and MUSCLE, and of TM-align,
which sees the coordinates of one domain at a time (with ten residues more on either side of the relative's, as needle places it).
Of TM-align only pairs within 5 A count, as it marks them itself.
"""

import csv
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import gemmi

target, features, receptor, *relatives = sys.argv[1:]
work = Path(tempfile.mkdtemp())


def run(*command):
    return subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True, cwd=work).stdout


def read_fasta(text):
    found, name = {}, ""
    for line in text.splitlines():
        if line.startswith(">"):
            name = line[1:].split()[0]
            found[name] = ""
        else:
            found[name] += line.strip()
    return found


def stretches(one, two, first=1, second=1, marks=None):
    a, b, found = first, second, []
    for column, (x, y) in enumerate(zip(one, two, strict=True)):
        if x != "-" and y != "-" and (marks is None or marks[column] == ":"):
            if found and found[-1][0] + found[-1][2] == a and found[-1][1] + found[-1][2] == b:
                found[-1][2] += 1
            else:
                found.append([a, b, 1])
        a += x != "-"
        b += y != "-"
    return found


def name_of(path):
    return Path(path).stem.split("-")[1]


models = {name_of(path): gemmi.read_structure(str(path))[0][0] for path in (receptor, *relatives)}
letters = {name: gemmi.one_letter_code([r.name for r in chain]) for name, chain in models.items()}
(work / "all.fasta").write_text("".join(f">{name}\n{sequence}\n" for name, sequence in letters.items()))
for name, sequence in letters.items():
    (work / f"{name}.fasta").write_text(f">{name}\n{sequence}\n")


def cut(name, first, last):
    structure = gemmi.Structure()
    structure.add_model(gemmi.Model(1))
    chain = gemmi.Chain("A")
    for residue in models[name]:
        if first <= residue.seqid.num <= last:
            chain.add_residue(residue)
    structure[0].add_chain(chain)
    path = work / f"{name}_{first}.pdb"
    structure.write_pdb(str(path))
    return path


own = name_of(receptor)
with open(features, encoding="utf-8") as file:
    domains = [
        (row["name"], int(row["first"]), int(row["last"]))
        for row in csv.DictReader(file, delimiter="\t")
        if row["kind"] == "domain"
    ]
run("clustalo", "-i", "all.fasta", "-o", "clustalo.fasta")
run("muscle", "-align", "all.fasta", "-output", "muscle.fasta")
whole = {
    "mafft": read_fasta(run("mafft", "--quiet", "--localpair", "--maxiterate", "1000", "all.fasta")),
    "clustalo": read_fasta((work / "clustalo.fasta").read_text()),
    "muscle": read_fasta((work / "muscle.fasta").read_text()),
}
out = {
    "versions": {"needle": "EMBOSS 6.6.0", "mafft": "7.505", "clustalo": "1.2.4", "muscle": "5.2", "tm-align": "20190822"},
    "relatives": {},
}
for other in map(name_of, relatives):
    costs = ("-gapopen", 12, "-gapextend", 2, "-datafile", "EBLOSUM62", "-auto")
    text = run("needle", f"{own}.fasta", f"{other}.fasta", *costs, "-aformat", "srspair", "-outfile", "stdout")
    score = float(re.search(r"# Score: ([\d.]+)", text)[1])
    laid = read_fasta(run("needle", f"{own}.fasta", f"{other}.fasta", *costs, "-aformat", "fasta", "-outfile", "stdout"))
    needle = stretches(laid[own], laid[other])
    by_place = {}
    for domain, first, last in domains:
        theirs = [b + n for a, b, length in needle for n in range(length) if first <= a + n <= last]
        low, high = max(1, min(theirs) - 10), max(theirs) + 10
        lines = run("TMalign", cut(own, first, last), cut(other, low, high)).splitlines()
        at = next(i for i, line in enumerate(lines) if line.startswith('(":"'))
        rmsd = float(re.search(r"RMSD=\s*([\d.]+)", "\n".join(lines))[1])
        marks = lines[at + 2].ljust(len(lines[at + 1]))
        by_place[domain] = {"rmsd": rmsd, "pairs": stretches(lines[at + 1], lines[at + 3], first, low, marks)}
    out["relatives"][other] = {
        "needle": {"score": score, "pairs": needle},
        **{program: {"pairs": stretches(rows[own], rows[other])} for program, rows in whole.items()},
        "tm-align": by_place,
    }
Path(target).write_text(
    json.dumps(out, separators=(",", ":")).replace('"relatives"', '\n"relatives"').replace('},"', '},\n"') + "\n"
)
