"""A sequence, and SIFTS segments of it as mmCIF."""

from __future__ import annotations

SEQUENCE = "MGRVPLAWKSTDEQHNFYICRLPGTASVWEKDNQHMFIYTCGRPLSAVEWKDTNHQFMYI"


def sifts(*rows: str) -> str:
    names = [
        "entity_id",
        "asym_id",
        "unp_acc",
        "segment_id",
        "instance_id",
        "unp_start",
        "unp_end",
        "seq_id_start",
        "seq_id_end",
        "best_mapping",
        "identity",
    ]
    return "\n".join(["loop_", *(f"_pdbx_sifts_unp_segments.{name}" for name in names), *rows])
