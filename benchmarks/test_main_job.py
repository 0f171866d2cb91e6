"""From the mmCIF file of 2C5D to classified contacts and interfaces, beside what Bio.PDB takes for less; and cold starts.

Run with ``make bench``.
"""

import subprocess
import sys

import pytest


def ours(study, entry):
    from axlstruct.interface.classes import classify, position_pairs
    from axlstruct.interface.contacts import chain_pairs
    from axlstruct.sources.coordinates import read_structure
    from axlstruct.structure.mapping import map_structure

    structure = read_structure(entry, id="2C5D")
    pairs = chain_pairs(structure, map_structure(structure, study.target.proteins), 5.0)
    return classify([(pair, position_pairs(structure.residues, pair)) for pair in pairs], study.target.interface_names)


def test_axlstruct_file_to_interface_classes(benchmark, study, entry):
    classes = benchmark(ours, study, entry)
    assert [cls.name for cls in classes] == ["major", "minor", "none", "none"]


def test_axlstruct_read(benchmark, entry):
    from axlstruct.sources.coordinates import read_structure

    assert len(benchmark(read_structure, entry, id="2C5D").residues) == 1146


def test_biopython_read(benchmark, entry):
    from Bio.PDB import MMCIFParser

    parser = MMCIFParser(QUIET=True)
    assert len(list(benchmark(parser.get_structure, "2C5D", str(entry)).get_chains())) == 4


def test_axlstruct_contacts(benchmark, study):
    from axlstruct.interface.contacts import chain_pairs

    held = study.session.library.get("2C5D")
    pairs = benchmark(chain_pairs, held.structure, held.maps, 4.0)
    assert sorted(len(pair.distance) for pair in pairs) == [0, 0, 41, 44, 129, 141]


def test_axlstruct_complexes_read_with_contacts(benchmark):
    """Each complex of SKEMPI 2.0 at hand (gzipped PDB files without END): reading and contacts, the sum over all files."""
    from shared_files import complexes

    from axlstruct.interface.contacts import chain_pairs
    from axlstruct.sources.coordinates import read_structure

    paths = [path for path in complexes() if path.suffix == ".gz"]
    benchmark.extra_info["files"] = len(paths)
    benchmark.pedantic(lambda: [chain_pairs(read_structure(path), (), 4.0) for path in paths], rounds=3, warmup_rounds=1)


def test_axlstruct_residues(benchmark, study):
    """Every residue of every chain of 2C5D with its areas and burial class, the structure at hand."""
    assert len(benchmark.pedantic(lambda: study.table("residues", "2C5D").rows, rounds=9, warmup_rounds=1))


def test_biopython_contacts(benchmark, entry):
    from Bio.PDB import MMCIFParser, NeighborSearch

    structure = MMCIFParser(QUIET=True).get_structure("2C5D", str(entry))
    atoms = [atom for atom in structure.get_atoms() if atom.get_parent().id[0] == " "]

    def contacts():
        pairs = NeighborSearch(atoms).search_all(4.0)
        chains = [(a.get_parent().get_parent().id, b.get_parent().get_parent().id) for a, b in pairs]
        return sum(one != two for one, two in chains)

    assert benchmark(contacts) == 355


def test_scipy_contacts(benchmark, study):
    """A KD-tree for each chain pair, on coordinates already read."""
    from itertools import combinations

    import numpy as np
    from scipy.spatial import cKDTree

    structure = study.session.library.get("2C5D").structure
    chain_of = np.repeat(range(4), [len(chain.residues) for chain in structure.chains])
    owner = structure.residue_of_atom
    coordinates = [structure.xyz[(owner >= 0) & (chain_of[owner] == k)] for k in range(4)]

    def contacts():
        trees = [cKDTree(xyz) for xyz in coordinates]
        return sum(len(a.sparse_distance_matrix(b, 4.0, output_type="ndarray")) for a, b in combinations(trees, 2))

    assert benchmark(contacts) == 355


@pytest.mark.parametrize(
    "code",
    ["import numpy", "import numpy, axlstruct", "import axlstruct"],
    ids=["numpy", "numpy-and-axlstruct", "axlstruct"],
)
def test_cold_import(benchmark, code):
    benchmark.pedantic(subprocess.run, args=([sys.executable, "-c", code],), kwargs={"check": True}, rounds=7)


def test_cold_where(benchmark, study, entry):
    words = [sys.executable, "-m", "axlstruct", "--offline", "--mirror", str(entry.parent), "where", "Y702"]
    benchmark.pedantic(subprocess.run, args=(words,), kwargs={"check": True, "stdout": subprocess.DEVNULL}, rounds=7)
