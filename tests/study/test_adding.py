"""New things are one entry: a made-up figure, exporter and kind of record each work without a line elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from axlstruct.cli import app
from axlstruct.errors import ContentError
from axlstruct.sources.cache import Cache, Resource
from axlstruct.study import figure_registry, figures
from axlstruct.study.facade import Study
from axlstruct.study.figure_registry import FIGURES, FigureKind, readme_tables
from axlstruct.study.figures import FigureOptions
from axlstruct.viewers import export as exports
from axlstruct.viewers.export import EXPORTERS, Exporter
from tests.support.shared_files import mirror

if TYPE_CHECKING:
    from matplotlib.figure import Figure

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_lists_what_the_registries_hold() -> None:
    """Make it anew with ``python -c "from axlstruct.study.figure_registry import readme_tables; print(readme_tables())"``."""
    section = README.read_text(encoding="utf-8").partition("## Figures and tables\n\n")[2]
    assert section.startswith(f"{readme_tables()}\n")


def test_each_figure_has_its_function_and_options_that_exist() -> None:
    for kind in FIGURES.values():
        assert callable(kind.draw)
        assert set(kind.uses) <= set(FigureOptions.__dataclass_fields__)


@pytest.mark.parametrize(("command", "words"), [("figure", ", ".join(FIGURES)), ("export", " or ".join(EXPORTERS))])
def test_help_names_every_figure_and_export(command: str, words: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"]).output
    assert "".join(words.split()) in "".join(shown.split())


def test_a_made_up_figure(bare: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def lengths(session: Any, options: FigureOptions) -> Figure:
        from matplotlib.figure import Figure

        drawn = Figure(figsize=(options.width / 25.4, 1.0))
        drawn.add_subplot().bar([p.name for p in session.target.proteins], [len(p) for p in session.target.proteins])
        return drawn

    monkeypatch.setattr(figures, "lengths", lengths, raising=False)
    monkeypatch.setitem(FIGURES, "lengths", FigureKind("lengths", "how long the proteins are", "figures.lengths"))
    assert [bar.get_height() for bar in bare.figure("lengths").axes[0].patches] == [894, 678]
    assert "| `lengths` | how long the proteins are |" in figure_registry.readme_tables()


def test_a_made_up_exporter(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mirror("2c5d.cif")
    monkeypatch.setattr(
        "axlstruct.viewers.export.selections.to_words", lambda scene, path: f"{scene.title}\n{Path(path).name}\n", raising=False
    )
    monkeypatch.setitem(EXPORTERS, "words", Exporter((".txt",), "selections.to_words"))
    (file, *_) = study.export("2C5D", to="words", output=tmp_path / "it.txt")
    assert file.read_text().startswith("2C5D: AXL with GAS6, coloured by domain\n")
    exports.check_kind("words")


def test_a_made_up_kind_of_record(tmp_path: Path) -> None:
    """A resource is a value: its name, file, patterns in a mirror, addresses, and the check of its content."""

    def check(path: Path) -> None:
        if not path.read_text().startswith("length "):
            raise ContentError("not a record of lengths", where=str(path))

    (tmp_path / "mirror").mkdir()
    (tmp_path / "mirror" / "AXL.length.txt").write_text("length 894\n")
    cache = Cache(tmp_path / "cache", mirrors=[tmp_path / "mirror"], offline=True)
    resource = Resource("AXL length", "AXL.length.txt", ("AXL.length.txt",), (), check)
    assert cache.get(resource).path.read_text() == "length 894\n"
    (tmp_path / "mirror" / "AXL.length.txt").write_text("nothing\n")
    with pytest.raises(Exception, match="not a record of lengths"):
        cache.get(resource)
