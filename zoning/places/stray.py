"""Parts of units far away from all others."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.places.cuts import load_cuts
from zoning.places.drawn import DrawnUnits, outlines

M_PER_KM = 1000


def stray_findings(ground: DrawnUnits) -> list[Finding]:
    """Return parts that lie many times further from the middle of all units than the rest.

    Coordinates of another place, or none that were meant, such as (0, 0).
    """
    cuts = load_cuts()
    parts, owner = shapely.get_parts(ground.metres, return_index=True)
    drawn = shapely.get_parts(ground.drawn)
    centre = shapely.get_coordinates(shapely.centroid(parts))
    middle = np.median(centre, axis=0)
    km = np.hypot(*(centre - middle).T) / M_PER_KM
    limit_km = max(cuts.far_factor * float(np.nanmedian(km)), cuts.far_km)
    far = np.flatnonzero(~(km <= limit_km))
    return [
        Finding(
            int(ground.rows[owner[at]]),
            "far_away",
            tr(
                "{unit}, or a part of it, lies {km} km from the middle of the others; its "
                "coordinates are wrong, or it belongs to another file",
                unit=ground.label(int(owner[at])),
                km=forms.number(float(km[at])),
            ),
            shape=shape,
        )
        for at, shape in zip(far, outlines(drawn[far]), strict=True)
    ]
