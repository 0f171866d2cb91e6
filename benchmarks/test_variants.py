"""A thousand variants annotated, from a target not yet loaded; beside what another parser takes only to read them.

Run with ``make bench``.
"""

import axlstruct
from axlstruct.sequence.residues import THREE_LETTER


def written(sequence: str) -> list[str]:
    """A thousand substitutions in HGVS nomenclature, spread over the protein."""
    codes = [code.capitalize() for code in THREE_LETTER.values()]
    places = [1 + (7 * number) % (len(sequence) - 1) for number in range(1000)]
    names = [THREE_LETTER[sequence[place]].capitalize() for place in places]
    return [f"p.{name}{place + 1}{codes[place % 20]}" for name, place in zip(names, places, strict=True)]


def test_axlstruct_a_thousand_variants(benchmark, entry, tmp_path):
    variants = written(axlstruct.load("axl", offline=True, mirror=[]).sequence)

    def run():
        study = axlstruct.load("axl", mirror=[entry.parent], offline=True, cache=tmp_path)
        return study.table("variants", variants).rows

    rows = benchmark.pedantic(run, rounds=5, warmup_rounds=1)
    assert {row.status for row in rows} == {"ok"}


def test_mavehgvs_reading_only(benchmark):
    from mavehgvs import Variant

    variants = written(axlstruct.load("axl", offline=True, mirror=[]).sequence)
    benchmark.pedantic(lambda: [Variant(text) for text in variants], rounds=5, warmup_rounds=1)
