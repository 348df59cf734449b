"""Who is above each unit: its municipality, corporation or block, and its district."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Level, Texts, Units

LOCAL_BODIES = (Level.MUNICIPALITY, Level.CORPORATION, Level.BLOCK)


@dataclass(frozen=True)
class Jurisdictions:
    """Who is above each unit, by code, shape (n_units,) each.

    Attributes
    ----------
    unit_id : Texts
        Codes of the units.
    local_body_id : Texts
        Municipality, corporation or block; empty where unknown.
    district_id : Texts
        District; empty where unknown.
    delineates_itself : Bools
        The local body is a corporation whose Commissioner delineates, as that of Kolkata does.
    """

    unit_id: Texts
    local_body_id: Texts
    district_id: Texts
    delineates_itself: Bools


def jurisdictions_of(
    units: Units, edition: Units, self_delineating: AbstractSet[str]
) -> Jurisdictions:
    """Return who is above each unit, by the chain of `parent_id`; levels between are passed over.

    Parameters
    ----------
    units : Units
        Units with booths, n of them; one that is a local body itself is its own.
    edition : Units
        All units of the edition, of every level.
    self_delineating : set of str
        Codes of the corporations whose Commissioner delineates.

    Returns
    -------
    Jurisdictions
        Empty codes where the chain ends before, or where it runs in a circle.
    """
    parent = dict(zip(edition.unit_id.tolist(), edition.parent_id.tolist(), strict=True))
    level = dict(zip(edition.unit_id.tolist(), edition.level.tolist(), strict=True))
    body = np.full(len(units), "", dtype=object)
    district = np.full(len(units), "", dtype=object)
    for at, (own, of_level, above) in enumerate(
        zip(units.unit_id, units.level, units.parent_id, strict=True)
    ):
        code, kind, passed = own, of_level, {""}
        while code not in passed:
            passed.add(code)
            if kind in LOCAL_BODIES and not body[at]:
                body[at] = code
            if kind == Level.DISTRICT:
                district[at] = code
                break
            code = above if code == own else parent.get(code, "")
            kind = level.get(code, "")
    is_own = np.isin(body.astype(str), sorted(self_delineating)) & (body != "")
    return Jurisdictions(units.unit_id, body, district, is_own)
