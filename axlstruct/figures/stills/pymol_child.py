"""Runs in an interpreter of its own: reads one job as JSON from stdin, ray-traces it, writes a PNG.

Imports nothing of axlstruct. Exit codes: 3 where PyMOL cannot be loaded, 4 where a selection is not what the job says it is.
"""

import json
import os
import sys
import threading
import time
from typing import Any


def end_with(parent: int) -> None:
    """End this process soon after its parent: nobody waits for the picture then, and a print-quality one takes minutes."""
    if os.name != "posix":
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def main() -> int:
    """Do the job; the last line on stderr says what went wrong."""
    end_with(os.getppid())
    job = json.load(sys.stdin)
    try:
        import pymol2
    except ImportError as error:
        sys.stderr.write(f"\n{error}\n")
        return 3
    session = pymol2.PyMOL()
    session.start()
    try:
        draw(session.cmd, job)
    except ValueError as error:
        sys.stderr.write(f"\n{error}\n")
        return 4
    finally:
        session.stop()
    return 0


def draw(cmd: Any, job: dict[str, Any]) -> None:
    """Build what the job says in one PyMOL session and write the picture."""
    cmd.feedback("disable", "all", "everything")
    for name, value in job["settings"].items():
        cmd.set(name, value)
    cmd.bg_color("white")
    cmd.load_raw(job["structure"], "cif", "molecule")
    count = cmd.count_atoms("molecule")
    if count != job["atoms"]:
        raise ValueError(f"PyMOL read {count} atoms, not {job['atoms']}")
    cmd.hide("everything", "molecule")
    cmd.alter("molecule", "ss='L'")
    for index, (kind, atoms) in enumerate(job["secondary"]):
        cmd.alter(select(cmd, f"element{index}", atoms), f"ss={'H' if kind == 'helix' else 'S'!r}")
    for index, layer in enumerate(job["layers"]):
        chosen = select(cmd, f"layer{index}", layer["atoms"])
        color = paint(cmd, f"paint{index}", layer["color"])
        made = f"object{index}"
        if layer["kind"] == "cartoon":
            cmd.show("cartoon", chosen)
            cmd.set("cartoon_color", color, chosen)
            continue
        cmd.create(made, chosen, zoom=0)
        cmd.hide("everything", made)
        cmd.color(color, made)
        for number, (element, tone) in enumerate(layer["elements"].items()):
            cmd.color(paint(cmd, f"element{index}x{number}", tone), f"{made} and elem {element}")
        if layer["kind"] == "stick":
            cmd.show("sticks", made)
            cmd.set("stick_radius", layer["radius"], made)
        else:
            cmd.alter(made, f"vdw={float(layer['radius'])}")
            cmd.show("spheres", made)
    if job["rods"]:
        cmd.load_cgo([value for rod in job["rods"] for value in (9.0, *rod)], "rods", zoom=0)
    cmd.set_view(job["view"])
    cmd.ray(job["width"], job["height"])
    cmd.png(job["file"], ray=0)


def select(cmd: Any, name: str, atoms: list[int]) -> str:
    """Select atoms by serial number; an empty or short selection is an error, never a picture without them."""
    cmd.select_list(name, "molecule", atoms, mode="id")
    count = cmd.count_atoms(name)
    if not atoms or count != len(atoms):
        raise ValueError(f"selection {name} holds {count} atoms, not {len(atoms)}")
    return name


def paint(cmd: Any, name: str, color: str) -> str:
    """Name a colour ``#RRGGBB`` of the job."""
    cmd.set_color(name, [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return name


if __name__ == "__main__":
    sys.exit(main())
