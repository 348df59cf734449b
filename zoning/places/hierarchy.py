"""The hierarchy of units: everything that lies below one of them, or above."""

from __future__ import annotations

from collections import defaultdict

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


def units_above(unit_id: str, edition: Units) -> frozenset[str]:
    """Return a unit and all units above it, by the chain of `parent_id`.

    Parameters
    ----------
    unit_id : str
        Code.
    edition : Units
        All units of the edition, of every level.

    Returns
    -------
    frozenset of str
        Empty where no unit has this code; a parent that is itself no unit of the edition is
        in it, and a chain that runs in a circle is followed once.
    """
    above = dict(zip(edition.unit_id.tolist(), edition.parent_id.tolist(), strict=True))
    found: set[str] = set()
    code = unit_id if unit_id in above else ""
    while code and code not in found:
        found.add(code)
        code = above.get(code, "")
    return frozenset(found)
