"""The same ground drawn twice under two codes."""

from __future__ import annotations

import numpy as np
import shapely

from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Finding
from zoning.places.coverage import Overlaps
from zoning.places.cuts import load_cuts
from zoning.places.drawn import DrawnUnits, outlines


def is_twin(overlaps: Overlaps) -> Bools:
    """Return which overlapping pairs are one and the same polygon, or nearly so."""
    return np.asarray(overlaps.share >= load_cuts().near_share)


def twin_findings(ground: DrawnUnits, twins: Overlaps) -> list[Finding]:
    """Return the pairs that are drawn twice, as findings of the later row."""
    found = []
    is_same = shapely.equals(ground.drawn[twins.one], ground.drawn[twins.other])
    for i, shape in enumerate(outlines(ground.drawn[twins.other])):
        one, other = int(twins.one[i]), int(twins.other[i])
        if is_same[i]:
            message = tr(
                "{other} has the same polygon as {one} (row {row}); remove one, or draw it anew",
                other=ground.label(other),
                one=ground.label(one),
                row=int(ground.rows[one]),
            )
        else:
            message = tr(
                "{other} has nearly the same polygon as {one} (row {row}): {percent} % of their "
                "ground is common; remove one, or draw it anew",
                other=ground.label(other),
                one=ground.label(one),
                row=int(ground.rows[one]),
                percent=forms.figure(100 * float(twins.share[i]), 1),
            )
        code = "duplicate_shape" if is_same[i] else "near_duplicate"
        found.append(Finding(int(ground.rows[other]), code, message, shape=shape))
    return found
