"""TopoJSON -> GeoJSON: arcs that areas share, put together into the outline of each."""

from collections.abc import Mapping, Sequence
from typing import Any

Point = tuple[float, float]

# A screen map of the UK shows no more: four decimals are about ten metres.
DECIMALS = 4


class Topology:
    """Arcs, decoded once. SOURCE: the TopoJSON format specification, sections 2.1.2 to 2.1.4."""

    def __init__(self, arcs: Sequence[Sequence[Sequence[int]]], transform: Mapping[str, Sequence[float]]) -> None:
        self._arcs = [_decoded(arc, transform["scale"], transform["translate"]) for arc in arcs]

    def geometry(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """Give the outline of one area; an area without one has no coordinates."""
        kind = entry["type"]
        if kind == "Polygon":
            return {"type": kind, "coordinates": [self._ring(ring) for ring in entry["arcs"]]}
        if kind == "MultiPolygon":
            return {"type": kind, "coordinates": [[self._ring(ring) for ring in rings] for rings in entry["arcs"]]}
        raise ValueError(f"an area is a Polygon or a MultiPolygon, not {kind}")

    def _ring(self, indexes: Sequence[int]) -> list[Point]:
        """Join arcs end to end; a negative index is an arc taken backwards."""
        ring: list[Point] = []
        for index in indexes:
            arc = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            ring += arc[1:] if ring else arc
        return ring


def _decoded(arc: Sequence[Sequence[int]], scale: Sequence[float], translate: Sequence[float]) -> list[Point]:
    """Add up the steps of an arc, and bring them to degrees."""
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((round(x * scale[0] + translate[0], DECIMALS), round(y * scale[1] + translate[1], DECIMALS)))
    return points
