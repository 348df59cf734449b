"""Small editions for tests: squares of one hundredth of a degree (1.1 km by 1.0 km, some 115 ha).

y
2  +---+---+
1  | a | b |     square(0, 1) is a's ground; square(0, 0, 2, 1) is c's, two squares wide
0  |   c   |
   +-------+ x
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import shapely

from zoning.model import Units
from zoning.places.changes import Change

WEST, SOUTH, SIDE = 88.3, 22.5, 0.01


def square(x: float, y: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    west, south = WEST + x * SIDE, SOUTH + y * SIDE
    return shapely.box(west, south, west + width * SIDE, south + height * SIDE)


def together(*shapes: shapely.Geometry) -> shapely.Geometry:
    return shapely.union_all(shapes)


def texts(values) -> np.ndarray:
    return np.array(list(values), dtype=object)


def edition(ground: dict[str, object], level: str = "ward", **names: str) -> Units:
    """Build an edition from codes and shapes; a unit is named after its code unless told."""
    n = len(ground)
    shapes = np.full(n, None, dtype=object)
    shapes[:] = list(ground.values())
    return Units(
        unit_id=texts(ground),
        name=texts(names.get(code, f"Ward {code}") for code in ground),
        population=np.full(n, 1000.0),
        level=texts([level] * n),
        parent_id=texts([""] * n),
        geometry=shapes,
    )


def labelled(labels: list[int], width: int, prefix: str = "") -> Units:
    """Build an edition from the label of every square of a grid, row by row."""
    ground = {
        f"{prefix}{label}": together(
            *(square(at % width, at // width) for at, own in enumerate(labels) if own == label)
        )
        for label in sorted(set(labels))
    }
    return edition(ground)


def without_polygon(units: Units, *codes: str) -> Units:
    shapes = units.geometry.copy()
    shapes[np.isin(units.unit_id, codes)] = None
    return replace(units, geometry=shapes)


def shuffled(units: Units, order: list[int]) -> Units:
    return units.take(np.array(order, dtype=np.int32))


def kinds(changes: tuple[Change, ...]) -> dict[str, int]:
    return dict(Counter(change.kind.value for change in changes))


def told(changes: tuple[Change, ...]) -> set[tuple[str, str, str]]:
    """Return (kind, old codes, new codes) of every change but those that say nothing changed."""
    return {
        (change.kind.value, " ".join(change.old_ids), " ".join(change.new_ids))
        for change in changes
        if change.kind != "same"
    }
