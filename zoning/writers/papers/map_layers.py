"""What the map of an order is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Category, Geometries, Texts


def _none() -> Geometries:
    return np.empty(0, dtype=object)


@dataclass(frozen=True)
class MapLayers:
    """Shapes in WGS84 degrees, with what stands on them.

    Attributes
    ----------
    units : Geometries
        Every unit of the jurisdiction, shape (n,); None where the edition has no ground.
    unit_zone : Texts
        Zone that holds from now on, shape (n,).
    unit_label : Texts
        What stands on a unit, such as its number; empty for nothing.
    areas : Geometries
        Containment zones and their buffers, shape (m,); a zone without ground is None.
    area_category : Texts
        `A` or `B`, shape (m,).
    area_label : Texts
        What stands beside an area, such as its id; empty for nothing.
    gates : Geometries
        Points, shape (k,).
    is_medical_exit : Bools
        Shape (k,).
    source : str
        Whose boundaries these are, and under which terms.

    Raises
    ------
    OutputError
        If arrays of one layer differ in length, or a category is neither A nor B.
    """

    units: Geometries
    unit_zone: Texts
    unit_label: Texts
    areas: Geometries = field(default_factory=_none)
    area_category: Texts = field(default_factory=_none)
    area_label: Texts = field(default_factory=_none)
    gates: Geometries = field(default_factory=_none)
    is_medical_exit: Bools = field(default_factory=lambda: np.empty(0, dtype=bool))
    source: str = ""

    def __post_init__(self) -> None:
        together = (
            (self.units, self.unit_zone, self.unit_label),
            (self.areas, self.area_category, self.area_label),
            (self.gates, self.is_medical_exit),
        )
        for arrays in together:
            if len({len(array) for array in arrays}) != 1:
                raise OutputError(
                    tr(
                        "The map's layers don't fit together: {lengths} entries for the same rows.",
                        lengths=", ".join(str(len(array)) for array in arrays),
                    )
                )
        strange = set(self.area_category) - {Category.AFFECTED.value, Category.BUFFER.value}
        if strange:
            raise OutputError(
                tr(
                    "The map draws areas of category A and B, not {category}.",
                    category=", ".join(sorted(map(str, strange))),
                )
            )
