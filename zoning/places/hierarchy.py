"""The hierarchy of units: everything that lies below one of them, or above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from zoning.model import Units


def units_below(unit_id: str, edition: Units) -> frozenset[str]:
    """Return a unit and all units below it, by the chain of `parent_id`.

    Parameters
    ----------
    unit_id : str
        Code; it may be one that only occurs as a parent.
    edition : Units
        All units of the edition, of every level.

    Returns
    -------
    frozenset of str
        Empty where no unit has this code and none lies below it; a chain that runs in a
        circle is followed once.
    """
    below: dict[str, list[str]] = defaultdict(list)
    for code, above in zip(edition.unit_id.tolist(), edition.parent_id.tolist(), strict=True):
        below[above].append(code)
    if unit_id not in below and unit_id not in set(edition.unit_id.tolist()):
        return frozenset()
    found: set[str] = set()
    waiting = [unit_id]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += below.get(code, ())
    return frozenset(found)


def units_above(unit_ids: Iterable[str], edition: Units) -> frozenset[str]:
    """Return some units and all above them, by the chain of `parent_id`.

    Parameters
    ----------
    unit_ids : iterable of str
        Codes; one that the edition doesn't hold stands for itself.
    edition : Units
        All units of the edition, of every level.
    """
    above = dict(zip(edition.unit_id.tolist(), edition.parent_id.tolist(), strict=True))
    found: set[str] = set()
    for code in unit_ids:
        step = code
        while step and step not in found:
            found.add(step)
            step = above.get(step, "")
    return frozenset(found)
