"""From the mmCIF file of 2C5D to typed interactions, areas, sheets and grades of all chain pairs, beside peers in the same run.

Run with ``make bench``. Peers that are no dependencies are measured where they can be imported and skipped by name where not:
``pip install freesasa prody plip protein-interface`` (PLIP also wants Open Babel). What each peer gives stands in its test: none
gives copies, grades, classes or sheets. No time is asserted; what is asserted says that all worked on the same complex.
"""

import shutil

import pytest

pytestmark = pytest.mark.filterwarnings("ignore")
PAIRS = ("AC", "BD", "AD", "BC")


@pytest.fixture(scope="session")
def pdb_file():
    from shared_files import mirror

    return mirror("2c5d.pdb")


def peer(name, what):
    """A package that is measured only where it is installed."""
    return pytest.importorskip(name, reason=f"peer not measured: {name} is not installed ({what}); pip install {name}")


# Ours


def fresh_study(entry, cache):
    import axlstruct

    return axlstruct.load("axl", mirror=[entry.parent], offline=True, cache=cache)


def test_axlstruct_file_to_interfaces_and_interactions(benchmark, entry, tmp_path):
    """A study loaded anew each round: reading, verifying and mapping the file, classes, areas, sheets, interactions, grades."""

    def job():
        study = fresh_study(entry, tmp_path / "cache")
        return study.table("interfaces", "2C5D").rows, study.table("interactions", "2C5D").rows

    job()
    interfaces, interactions = benchmark.pedantic(job, rounds=25, warmup_rounds=1)
    assert (len(interfaces), len(interactions)) == (6, 79)
    assert round(interfaces[0].bsa) in range(2202, 2247)


def test_axlstruct_interfaces_and_interactions_of_a_loaded_target(benchmark, entry, tmp_path):
    """The same with the target's own tables read before: what each further structure of a session costs, file included."""
    study = fresh_study(entry, tmp_path / "cache")

    def forget():
        study.session.library._held.clear()
        study._analysed.clear()

    def job():
        return study.table("interfaces", "2C5D").rows, study.table("interactions", "2C5D").rows

    interfaces, interactions = benchmark.pedantic(job, setup=forget, rounds=25, warmup_rounds=1)
    assert (len(interfaces), len(interactions)) == (6, 79)


def test_axlstruct_interactions_only(benchmark, study):
    from axlstruct.interface.interactions import interaction_rows

    analysed = study.session.analysed("2C5D", cutoff=6.5)
    held = analysed.held
    rows = benchmark(interaction_rows, held.structure, held.maps, analysed.classes, analysed.near, analysed.glycans)
    assert len(rows) == 79


def test_axlstruct_areas_only(benchmark, study):
    """Four pairs in contact and two without, 1000 points; radii looked up each round."""
    from axlstruct.interface.areas import Surface
    from axlstruct.structure.area_settings import AreaSettings

    analysed = study.session.analysed("2C5D", cutoff=6.5)

    def areas():
        surface = Surface(analysed.held.structure, analysed.glycans, AreaSettings())
        return [surface.pair(pair).bsa for pair in analysed.pairs]

    assert round(benchmark(areas)[0]) in range(2202, 2247)


def test_axlstruct_residue_areas_only(benchmark, study):
    """Exposed and buried area and burial class of all 1146 residues."""
    from axlstruct.interface.areas import Surface
    from axlstruct.structure.area_settings import AreaSettings

    analysed = study.session.analysed("2C5D", cutoff=6.5)

    def areas():
        return Surface(analysed.held.structure, analysed.glycans, AreaSettings()).residues(analysed.held.maps)

    assert len(benchmark(areas)) == 1146


# Peers


def buried(area, letters):
    """Two-sided area of a pair from the areas of its chains alone and together."""
    return area(letters[0]) + area(letters[1]) - area(letters)


def test_biopython_contacts_and_areas(benchmark, entry):
    """Bio.PDB: parse, contacts within 4 A, ShrakeRupley at its 100 points (ours takes 1000) of the four pairs; nothing typed."""
    from Bio.PDB import MMCIFParser, NeighborSearch
    from Bio.PDB.Model import Model
    from Bio.PDB.SASA import ShrakeRupley

    def job():
        structure = MMCIFParser(QUIET=True).get_structure("2C5D", str(entry))
        atoms = [atom for atom in structure.get_atoms() if atom.get_parent().id[0] == " "]
        found = NeighborSearch(atoms).search_all(4.0)
        contacts = sum(a.get_parent().get_parent().id != b.get_parent().get_parent().id for a, b in found)
        for chain in structure[0]:
            for residue in [residue for residue in chain if residue.id[0] != " "]:
                chain.detach_child(residue.id)
        shrake, known = ShrakeRupley(n_points=100), {}

        def area(letters):
            if letters not in known:
                model = Model(0)
                for letter in letters:
                    model.add(structure[0][letter].copy())
                shrake.compute(model, level="A")
                known[letters] = sum(atom.sasa for atom in model.get_atoms())
            return known[letters]

        return contacts, [buried(area, pair) for pair in PAIRS]

    contacts, areas = benchmark.pedantic(job, rounds=3)
    assert contacts == 355
    assert 2050 < areas[0] < 2350


def test_freesasa_areas(benchmark, pdb_file):
    """freesasa: parse, areas alone and together of the four pairs with its default algorithm and radii; nothing typed."""
    freesasa = peer("freesasa", "areas")

    def job():
        freesasa.setVerbosity(freesasa.silent)
        (whole,) = freesasa.structureArray(str(pdb_file), {"separate-models": True})
        atoms = range(whole.nAtoms())
        known = {}

        def area(letters):
            if letters not in known:
                part = freesasa.Structure()
                for k in atoms:
                    if whole.chainLabel(k) in letters:
                        names = whole.atomName(k), whole.residueName(k), whole.residueNumber(k), whole.chainLabel(k)
                        part.addAtom(*names, *whole.coord(k))
                known[letters] = freesasa.calc(part).totalArea()
            return known[letters]

        return [buried(area, pair) for pair in PAIRS]

    assert 2150 < benchmark.pedantic(job, rounds=3)[0] < 2300


def test_prody_insty(benchmark, pdb_file):
    """ProDy InSty: parse, then its typed interactions of all atoms; no hydrogen bonds, which it refuses without hydrogens."""
    prody = peer("prody", "typed interactions")
    prody.confProDy(verbosity="none")

    def job():
        atoms = prody.parsePDB(str(pdb_file)).select("protein")
        kinds = (prody.calcSaltBridges, prody.calcHydrophobic, prody.calcPiStacking, prody.calcPiCation, prody.calcDisulfideBonds)
        return [len(kind(atoms)) for kind in kinds]

    try:
        assert all(benchmark.pedantic(job, rounds=1))
    except UnboundLocalError as error:
        pytest.skip(f"peer not measured: prody's own error, seen now and then: {error}")


def test_plip(benchmark, pdb_file):
    """PLIP: parse with Open Babel, add hydrogens, typed interactions between chains A and B."""
    peer("plip", "typed interactions")
    peer("openbabel", "wanted by plip")
    from plip.basic import config
    from plip.structure.preparation import PDBComplex

    def job(chain):
        config.PEPTIDES = [chain]
        complex_ = PDBComplex()
        complex_.load_pdb(str(pdb_file))
        complex_.analyze()
        return complex_.interaction_sets

    sets = benchmark.pedantic(job, args=("C",), rounds=1)
    config.PEPTIDES = []
    assert sets


def test_protein_interface(benchmark, entry):
    """protein-interface: parse, all its metrics of C and D against A and B at its 92 points."""
    package = peer("protein_interface", "typed interface of two groups of chains")

    def job():
        groups = [package.load_atoms(str(entry), list(letters)) for letters in ("AB", "CD")]
        return package.analyze(*groups)

    assert benchmark.pedantic(job, rounds=3) is not None


def test_dssp_sheets(benchmark, pdb_file):
    """mkdssp through Bio.PDB: secondary structure of all residues, without telling which sheet joins which chains."""
    program = shutil.which("mkdssp") or shutil.which("dssp")
    if program is None:
        pytest.skip("peer not measured: mkdssp is not installed (sheets); apt-get install dssp")
    from Bio.PDB import PDBParser
    from Bio.PDB.DSSP import DSSP

    model = PDBParser(QUIET=True).get_structure("2C5D", str(pdb_file))[0]
    assert len(benchmark.pedantic(DSSP, args=(model, str(pdb_file)), kwargs={"dssp": program}, rounds=3)) > 1000
