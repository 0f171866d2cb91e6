"""Mechanisms as a directed graph: who acts on whom, and where the review says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from axlstruct.errors import UsageError
from axlstruct.evidence.rows import MechanismRow

if TYPE_CHECKING:
    import networkx as nx

_EDGE = (
    "effect", "sign", "basis", "context", "region", "residues", "span", "section", "sentence", "figure_of_section", "refs",
    "wording", "flag",
)  # fmt: skip


def node(name: str, symbol: str) -> str:
    """Id of a node: the HGNC symbol of a gene, else the review's name."""
    return symbol or name


def ends(row: MechanismRow) -> tuple[str, str]:
    """Ids of source and target of an edge."""
    return node(row.source, row.source_symbol), node(row.target, row.target_symbol)


def graph_of(rows: Iterable[MechanismRow]) -> nx.MultiDiGraph:
    """The rows as a directed graph.

    Parameters
    ----------
    rows : iterable of MechanismRow

    Returns
    -------
    networkx.MultiDiGraph
        A node for each gene (its HGNC symbol), family, complex, process or drug, with ``kind`` and ``name`` as in the review; an
        edge for each row, with its id as key and place, references and flag as attributes. Two nodes may have several edges: the
        review says the same, or the opposite, of another cancer.

    Raises
    ------
    UsageError
        networkx is not installed.
    """
    try:
        import networkx as nx
    except ImportError:
        raise UsageError("the graph needs the package networkx", advice="pip install 'axlstruct[graph]'") from None

    graph = nx.MultiDiGraph()
    for row in rows:
        source, target = ends(row)
        graph.add_node(source, kind=row.source_kind, name=row.source)
        graph.add_node(target, kind=row.target_kind, name=row.target)
        values = {name: getattr(row, name) for name in _EDGE}
        graph.add_edge(source, target, key=row.edge, **{name: "" if value is None else value for name, value in values.items()})
    return graph


def graphml(rows: Iterable[MechanismRow]) -> str:
    """The graph as GraphML, readable by Cytoscape, Gephi, yEd and networkx; the same rows give the same text."""
    graph = graph_of(rows)
    import networkx as nx  # there, as the graph was made

    for _, _, values in graph.edges(data=True):
        values["sentence"] = str(values["sentence"])
    return '<?xml version="1.0" encoding="utf-8"?>\n' + "\n".join(nx.generate_graphml(graph, named_key_ids=True)) + "\n"


Edge = tuple[str, str]


def layers(edges: Sequence[Edge]) -> list[list[str]]:
    """Nodes in columns, so that edges run from a column to a later one.

    Edges that close a cycle are left out of the count; within a column, nodes stand near those they are joined to.

    Parameters
    ----------
    edges : sequence of (str, str)
        Source and target.

    Returns
    -------
    list of list of str

    Examples
    --------
    >>> layers([("AXL", "AKT"), ("AKT", "EMT"), ("AXL", "EMT"), ("GAS6", "AXL")])
    [['GAS6'], ['AXL'], ['AKT'], ['EMT']]
    """
    columns, _ = routed(edges)
    return [[name for name in column if not is_waypoint(name)] for column in columns]


def routed(edges: Sequence[Edge]) -> tuple[list[list[str]], dict[Edge, list[str]]]:
    """As `layers`, with waypoints for edges that skip columns, and the way of each edge that runs forward.

    Returns
    -------
    columns : list of list of str
        Waypoints among the nodes; `is_waypoint` tells them.
    ways : dict
        By edge: its source, the waypoints, its target. Edges that run back are not in it.

    Examples
    --------
    >>> columns, ways = routed([("AXL", "AKT"), ("AKT", "EMT"), ("AXL", "EMT")])
    >>> [len(column) for column in columns], len(ways["AXL", "EMT"])
    ([1, 2, 1], 3)
    """
    after: dict[str, list[str]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
        after.setdefault(target, [])
    forward = _without_cycles(after)
    depth = _depths(forward)
    ways: dict[Edge, list[str]] = {}
    steps: dict[str, list[str]] = {name: [] for name in depth}
    for source, targets in forward.items():
        for target in targets:
            between = [f"{_WAY}{source}{_WAY}{target}{_WAY}{column}" for column in range(depth[source] + 1, depth[target])]
            depth.update(zip(between, range(depth[source] + 1, depth[target]), strict=True))
            ways[source, target] = [source, *between, target]
            for here, there in pairwise(ways[source, target]):
                steps.setdefault(here, []).append(there)
            steps.setdefault(target, [])
    columns: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, column in depth.items():
        columns[column].append(name)
    return _ordered(columns, steps), ways


_WAY = "\N{RIGHTWARDS ARROW}"


def is_waypoint(name: str) -> bool:
    """Whether a name in the columns of `routed` is no node."""
    return name.startswith(_WAY)


def _depths(forward: dict[str, list[str]]) -> dict[str, int]:
    """Column of each node: behind all that act on it; a node on which nothing acts stands just before its first target."""
    depth = dict.fromkeys(forward, 0)
    order = _topological(forward)
    for name in order:
        for target in forward[name]:
            depth[target] = max(depth[target], depth[name] + 1)
    reached = {target for targets in forward.values() for target in targets}
    for name in order:
        if forward[name] and name not in reached:
            depth[name] = min(depth[target] for target in forward[name]) - 1
    return depth


def _without_cycles(after: dict[str, list[str]]) -> dict[str, list[str]]:
    """The edges without those that lead back to a node on the path to them (depth first, in order of appearance)."""
    kept: dict[str, list[str]] = {name: [] for name in after}
    state: dict[str, int] = {}

    def visit(name: str) -> None:
        state[name] = 1
        for target in dict.fromkeys(after[name]):
            if state.get(target) != 1:
                kept[name].append(target)
            if target not in state:
                visit(target)
        state[name] = 2

    for name in after:
        if name not in state:
            visit(name)
    return kept


def _topological(forward: dict[str, list[str]]) -> list[str]:
    waiting = dict.fromkeys(forward, 0)
    for targets in forward.values():
        for target in targets:
            waiting[target] += 1
    ready = [name for name, count in waiting.items() if not count]
    for name in ready:  # grows while it is read
        for target in forward[name]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return ready


def _ordered(columns: list[list[str]], forward: dict[str, list[str]]) -> list[list[str]]:
    """Columns sorted by the mean height of neighbours, to and fro."""
    joined: dict[str, set[str]] = {name: set(targets) for name, targets in forward.items()}
    for name, targets in forward.items():
        for target in targets:
            joined[target].add(name)
    filled = [list(column) for column in columns if column]
    for _ in range(6):
        for sweep in (filled, filled[::-1]):
            for fixed, moved in pairwise(sweep):
                height = {name: (index + 0.5) / len(fixed) for index, name in enumerate(fixed)}
                own = {name: (index + 0.5) / len(moved) for index, name in enumerate(moved)}
                near = {name: [height[other] for other in sorted(joined[name]) if other in height] for name in moved}
                moved.sort(key=lambda name, near=near, own=own: sum(near[name]) / len(near[name]) if near[name] else own[name])  # type: ignore[misc]
    return filled
