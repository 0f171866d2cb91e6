"""Where boxes and labels go: pure numbers in, pure numbers out, no axis and no font in sight."""

from __future__ import annotations

from collections.abc import Sequence


def spread(centres: Sequence[float], widths: Sequence[float], low: float, high: float, *, gap: float = 0.0) -> list[float]:
    """Move labels sideways, each as little as its neighbours allow, until none overlap.

    Labels that touch move as a block to the mean of what its members want (pool adjacent violators), so the order is kept.

    Parameters
    ----------
    centres, widths : sequence of float
        Wanted centres in ascending order, and the width of each label.
    low, high : float
        Limits that no label may cross.
    gap : float
        Least distance of two labels.

    Returns
    -------
    list of float
        Centres in the order given; squeezed evenly, and overlapping, only where the labels do not fit at all (see `fits`).

    Examples
    --------
    >>> spread([10.0, 10.5], [4.0, 4.0], 0.0, 100.0)
    [8.25, 12.25]
    """
    if not centres:
        return []
    room, need = high - low, sum(widths) + gap * (len(widths) - 1)
    factor = min(1.0, room / need)
    sizes = [(width + gap) * factor for width in widths]
    offsets, total = [], 0.0
    for size in sizes:
        offsets.append(total + size / 2)
        total += size
    blocks: list[tuple[float, int]] = []
    for centre, offset in zip(centres, offsets, strict=True):
        blocks.append((centre - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (mean_b, n_b), (mean_a, n_a) = blocks.pop(), blocks.pop()
            blocks.append(((mean_a * n_a + mean_b * n_b) / (n_a + n_b), n_a + n_b))
    shift_low, shift_high = low - gap * factor / 2, high + gap * factor / 2 - total
    shifts = [min(max(mean, shift_low), shift_high) for mean, n in blocks for _ in range(n)]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]


def fits(widths: Sequence[float], room: float, *, gap: float = 0.0) -> bool:
    """Whether labels of these widths find place side by side."""
    return sum(widths) + gap * max(len(widths) - 1, 0) <= room


def tiers(
    centres: Sequence[float], widths: Sequence[float], low: float, high: float, *, gap: float = 0.0, near: float = 6.0
) -> tuple[list[int], list[float]]:
    """Spread labels on as few lines as keep each within ``near`` of its place; on up to four lines, taken in turn.

    Returns
    -------
    tier, centre : list of int, list of float
        Line, from 0, and centre of each label in the order given.
    """
    best: tuple[float, list[int], list[float]] | None = None
    for number in range(1, min(4, len(centres)) + 1):
        tier = [index % number for index in range(len(centres))]
        places = [0.0] * len(centres)
        for line in range(number):
            members = slice(line, None, number)
            places[members] = spread(centres[members], widths[members], low, high, gap=gap)
        parts = [widths[line::number] for line in range(number)]
        crowded = sum(not fits(part, high - low, gap=gap) for part in parts)
        cost = crowded * (high - low) + max(abs(place - centre) for place, centre in zip(places, centres, strict=True))
        if best is None or cost < best[0]:
            best = cost, tier, places
        if cost <= near:
            break
    return (best[1], best[2]) if best else ([], [])


def levels(intervals: Sequence[tuple[float, float]], *, gap: float = 0.0) -> list[int]:
    """Stack intervals so that none overlap on one level: each goes to the lowest level that is free.

    Parameters
    ----------
    intervals : sequence of (float, float)
        First and last coordinate.
    gap : float
        Least distance on one level.

    Returns
    -------
    list of int
        Level of each interval, from 0, in the order given.

    Examples
    --------
    >>> levels([(0, 10), (5, 15), (11, 20)])
    [0, 1, 0]
    """
    ends: list[float] = []
    result = [0] * len(intervals)
    for index in sorted(range(len(intervals)), key=lambda i: (intervals[i][0], intervals[i][1])):
        first, last = intervals[index]
        level = next((i for i, end in enumerate(ends) if end + gap <= first), len(ends))
        if level == len(ends):
            ends.append(last)
        ends[level] = last
        result[index] = level
    return result


def two_lines(text: str) -> tuple[str, ...]:
    """Break a text at the blank that leaves the longer line shortest; one line where there is no blank.

    Examples
    --------
    >>> two_lines("Receptor L domain 1")
    ('Receptor L', 'domain 1')
    """
    words = text.split()
    parts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(parts, key=lambda pair: (max(map(len, pair)), len(pair[1]))) if parts else (text,)


def flow(widths: Sequence[float], room: float, *, gap: float = 0.0) -> list[tuple[int, float]]:
    """Set items in lines like words in a paragraph.

    Returns
    -------
    list of (int, float)
        Line and left edge of each item; an item wider than the room has a line of its own.

    Examples
    --------
    >>> flow([30, 30, 50], 80, gap=5)
    [(0, 0.0), (0, 35.0), (1, 0.0)]
    """
    places: list[tuple[int, float]] = []
    line, left = 0, 0.0
    for width in widths:
        if left and left + width > room:
            line, left = line + 1, 0.0
        places.append((line, left))
        left += width + gap
    return places


def wrap(words: Sequence[str], widths: Sequence[float], room: float, *, space: float) -> list[str]:
    """Break words of known widths into lines."""
    lines: list[list[str]] = []
    for word, (line, _) in zip(words, flow(widths, room, gap=space), strict=True):
        lines += [[] for _ in range(line + 1 - len(lines))]
        lines[line].append(word)
    return [" ".join(line) for line in lines]


def ticks(length: int, room: float, *, least: float) -> list[int]:
    """Positions to print on an axis from 1 to ``length``: both ends, and round numbers at least ``least`` apart.

    Parameters
    ----------
    length : int
        Last position.
    room : float
        Length of the axis, in the unit of ``least``.
    least : float
        Smallest distance of two printed numbers.

    Examples
    --------
    >>> ticks(894, 145.0, least=9.0)
    [1, 100, 200, 300, 400, 500, 600, 700, 800, 894]
    """
    if length == 1:
        return [1]
    scale = room / (length - 1)
    if scale >= least * 0.6:
        return list(range(1, length + 1))
    step = next(s * 10**power for power in range(9) for s in (1, 2, 5) if s * 10**power * scale >= least)
    inner = [p for p in range(step, length, step) if (p - 1) * scale >= least * 0.75 and (length - p) * scale >= least * 0.75]
    return [1, *inner, length]


def panel_lengths(residues: Sequence[int], room: float) -> list[float]:
    """Length of each protein on paper: one scale for all, unless one would then be too short to read.

    Examples
    --------
    >>> panel_lengths([900, 600], 150.0)
    [150.0, 100.0]
    >>> panel_lengths([1400, 20], 150.0)
    [150.0, 50.0]
    """
    longest = max(residues)
    if min(residues) * 4 >= longest and room / longest <= 2.5:
        return [room * n / longest for n in residues]
    return [min(room, n * 2.5) for n in residues]


def scales_differ(residues: Sequence[int]) -> bool:
    """Whether `panel_lengths` gives proteins of these lengths scales of their own."""
    return len({round(part / n, 6) for part, n in zip(panel_lengths(residues, 100.0), residues, strict=True)}) > 1


def positions(first: int, last: int, room: float, *, least: float) -> list[int]:
    """Round positions to print on an axis from one position to another, at least ``least`` apart on a length of ``room``.

    Examples
    --------
    >>> positions(34, 225, 150.0, least=12.0)
    [40, 60, 80, 100, 120, 140, 160, 180, 200, 220]
    """
    if first == last:
        return [first]
    step = max(1, int(round_step(least * (last - first + 1) / room)))
    return [place for place in range(first, last + 1) if place % step == 0] or [first]


def round_step(least: float) -> float:
    """The smallest of 1, 2, 5, 10, 20, 50... that is not below ``least``."""
    return next(s * 10.0**power for power in range(-6, 12) for s in (1, 2, 5) if s * 10.0**power >= least)
