"""Shapes as files hold them, to geometries: a ring left open is closed, the rest is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import ShapelyError

from zoning.i18n.catalogue import tr
from zoning.model import Finding, Geometries

Binaries = npt.NDArray[np.object_]


def ring_closed(row: int) -> Finding:
    """Return what is said of a shape whose ring had to be closed."""
    return Finding(
        row,
        "geometry_repaired",
        tr("its outline isn't closed; it is closed from the last corner to the first"),
    )


def shape_unreadable(row: int, fault: str) -> Finding:
    """Return what is said of a shape that can't be read."""
    return Finding(
        row,
        "geometry_unreadable",
        tr(
            "its shape can't be read ({fault}); draw it again, or remove the row",
            fault=fault.strip().rstrip(".")[:120],
        ),
        rejects=True,
    )


def decode(binaries: Binaries) -> tuple[Geometries, tuple[Finding, ...]]:
    """Return geometries, None where there is none, and what was closed or can't be read.

    Parameters
    ----------
    binaries : Binaries
        Well-known binary, shape (n,); None where a row has no shape. Rows count from 1.
    """
    with np.errstate(invalid="ignore"):
        geometry: Geometries = shapely.from_wkb(binaries, on_invalid="ignore")
        lost = shapely.is_missing(geometry)
        if not lost.any():
            return geometry, ()
        lost &= np.array([binary is not None for binary in binaries], dtype=bool)
        geometry[lost] = shapely.from_wkb(binaries[lost], on_invalid="fix")
    found = [
        shape_unreadable(int(i) + 1, _fault(binaries[i]))
        if geometry[i] is None
        else ring_closed(int(i) + 1)
        for i in np.flatnonzero(lost)
    ]
    return geometry, tuple(found)


def _fault(binary: Any) -> str:
    try:
        with np.errstate(invalid="ignore"):
            shapely.from_wkb(binary)
    except (ShapelyError, TypeError) as fault:
        return str(fault).splitlines()[0].removeprefix("IllegalArgumentException: ")
    return ""
