"""Pixels with letters on them: a still on an axis, its labels beside what they name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from axlstruct.figures.paper import labels
from axlstruct.figures.paper.millimetres import BODY, FONT, HALF_CAPITAL, LETTER, POINT, family, text_width
from axlstruct.scene import palette
from axlstruct.scene.projection import Projection

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.patheffects import AbstractPathEffect


@dataclass(frozen=True)
class Word:
    """A label that is to be placed; ``near`` are the points it names, in pixels."""

    text: str
    color: str
    near: np.ndarray
    size: float = BODY
    bold: bool = False
    leader: bool = True


@dataclass
class StillPanel:
    """A still and what is written on it.

    Attributes
    ----------
    pixels : ndarray, shape (height, width, 4), uint8
    projection : Projection
    mm : float
        Width on paper.
    font : str
    words : list of (Word, Spot)
    marks : list of callables
        Draw lines and symbols on the axis.
    """

    pixels: np.ndarray
    projection: Projection
    mm: float
    font: str = FONT
    words: list[tuple[Word, labels.Spot]] = field(default_factory=list)
    marks: list[Callable[[Axes], None]] = field(default_factory=list)

    @property
    def per_mm(self) -> float:
        """Pixels in a millimetre of paper."""
        return self.projection.width / self.mm

    @property
    def tall(self) -> float:
        """Height on paper, in millimetres."""
        return self.projection.height / self.per_mm

    def place(self, words: Sequence[Word], ink: np.ndarray, *, reach: float = 0.5) -> None:
        """Place labels where they cover least; ``reach`` is what a millimetre of distance costs."""
        wishes = [
            labels.Wish(
                (text_width(w.text, w.size, self.font, bold=w.bold) + 0.7) * self.per_mm,
                (w.size * 2 * HALF_CAPITAL * POINT + 0.9) * self.per_mm,
                w.near,
            )
            for w in words
        ]
        spots = labels.place(wishes, ink, pad=0.25 * self.per_mm, reach=reach / self.per_mm)
        self.words += list(zip(words, spots, strict=True))

    def place_copies(self, words: Sequence[Word], ink: np.ndarray, *, turned: bool) -> None:
        """Place labels of a two-fold complex, and those of the other copy where the symmetry puts them.

        Silhouettes are mirror images from the front; ``turned`` from the top, where they are turned by 180 degrees.
        """
        import numpy as np

        pairs: dict[str, list[Word]] = {}
        for word in words:
            pairs.setdefault(word.text.rstrip("′"), []).append(word)
        middle, half = self.projection.width / 2, self.projection.height / 2
        single = [copies for copies in pairs.values() if len(copies) != 2]
        chosen = [sorted(copies, key=lambda w: float(np.median(w.near[:, 0]))) for copies in pairs.values() if len(copies) == 2]
        blocked = ink.astype(float)
        blocked[:, int(middle) :] = 9.0
        self.place([one for one, _ in chosen], blocked)
        for (word, spot), (_, other) in zip(list(self.words), chosen, strict=True):
            size = (text_width(other.text, other.size, self.font, bold=other.bold) + 0.7) * self.per_mm
            far = labels.reflected(spot, other.near, middle, half if turned else None)
            self.words.append((other, replace(far, width=size)))
            assert word.text.rstrip("′") == other.text.rstrip("′")
        taken = ink.astype(float)
        for _, spot in self.words:
            left, top, right, bottom = (max(0, round(v)) for v in spot.box)
            taken[top:bottom, left:right] = 9.0
        self.place([word for copies in single for word in copies], taken)

    def draw(self, ax: Axes, letter: str = "") -> None:
        """Draw all of it on an axis, which gets the pixels as coordinates."""
        from matplotlib.patheffects import withStroke

        height, width = self.pixels.shape[:2]
        ax.axis("off")
        ax.imshow(self.pixels, extent=(0, width, height, 0), interpolation="antialiased", zorder=2, aspect="auto")
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        for mark in self.marks:
            mark(ax)
        halo: list[AbstractPathEffect] = [withStroke(linewidth=1.6, foreground="#FFFFFF")]
        thin = [withStroke(linewidth=1.2, foreground="#FFFFFF")]
        for word, spot in self.words:
            (x, y), (to_x, to_y) = spot.start, spot.to
            if word.leader and spot.gap > (1.6 if word.bold else 0.9) * self.per_mm:
                ax.plot([x, to_x], [y, to_y], color=word.color, lw=0.5, zorder=4, path_effects=thin, solid_capstyle="round")
        for word, spot in self.words:
            drop = HALF_CAPITAL * word.size * POINT * self.per_mm
            text = ax.text(
                spot.x, spot.y + drop, word.text, fontsize=word.size, fontfamily=family(self.font), ha="center", va="baseline",
                color=word.color, fontweight="bold" if word.bold else "normal", parse_math=False, zorder=6,
                gid=f"label-{word.text}",
            )  # fmt: skip
            text.set_path_effects(halo)
        if letter:
            ax.text(
                0.0, 0.0, letter, fontsize=LETTER, fontfamily=family(self.font), fontweight="bold", ha="left", va="top",
                color=palette.TEXT, zorder=7,
            )  # fmt: skip
