"""What units say of themselves: names given twice, people not told, parents nobody knows."""

from __future__ import annotations

import unicodedata

import numpy as np

from zoning.i18n.catalogue import tr, tr_n
from zoning.model import Finding, Ints, Units
from zoning.places.drawn import label


def name_findings(units: Units, rows: Ints) -> list[Finding]:
    """Return names that an earlier unit of the same level has too."""
    first: dict[tuple[str, str], int] = {}
    found = []
    for at, name in enumerate(units.name):
        key = (str(units.level[at]), _folded(name))
        if not key[1]:
            continue
        earlier = first.setdefault(key, at)
        if earlier != at:
            message = tr(
                "{name} is the name of unit {other} (row {row}) as well as of {unit}; rows that "
                "give a place by name can't be told apart",
                name=name,
                other=units.unit_id[earlier],
                row=int(rows[earlier]),
                unit=units.unit_id[at],
            )
            found.append(Finding(int(rows[at]), "name_repeated", message))
    return found


def population_findings(units: Units, rows: Ints) -> list[Finding]:
    """Return units whose people aren't told, one by one unless nobody's are."""
    in_file = np.flatnonzero(rows > 0)
    missing = in_file[np.isnan(units.population[in_file])]
    found = []
    if len(missing):
        found.append(
            Finding(
                0,
                "population_missing_total",
                tr_n(
                    "{n} of {all} units has no population: with active cases it stays unclassified",
                    "{n} of {all} units have no population: with active cases they stay "
                    "unclassified",
                    len(missing),
                    all=len(in_file),
                ),
            )
        )
    if len(missing) < len(in_file):
        found += [
            Finding(
                int(rows[at]),
                "population_missing",
                tr("{unit} has no population", unit=label(units, int(at))),
            )
            for at in missing.tolist()
        ]
    found += [
        Finding(
            int(rows[at]),
            "population_zero",
            tr(
                "{unit} has a population of 0; if it isn't known, leave the cell empty",
                unit=label(units, at),
            ),
        )
        for at in np.flatnonzero(units.population == 0).tolist()
    ]
    return found


def parent_findings(units: Units, rows: Ints, known: frozenset[str] = frozenset()) -> list[Finding]:
    """Return parents that are no unit, and units without one among others that have one.

    A parent is of another level. Those of a file that holds one level are codes of another file:
    where neither the file nor `known` holds a single one of them, none is called unknown.

    Parameters
    ----------
    units : Units
        The units.
    rows : Ints
        Their rows in the file, shape (n,).
    known : frozenset of str
        Codes of units of upper levels known from elsewhere.
    """
    levels = [str(level) for level in units.level]
    parents = [str(parent) for parent in units.parent_id]
    codes: dict[str, set[str]] = {
        level: {str(c) for c, own in zip(units.unit_id, levels, strict=True) if own != level}
        | known
        for level in set(levels)
    }
    can_tell = any(p in codes[level] for p, level in zip(parents, levels, strict=True) if p)
    # A file that holds the top level too has units without a parent by design.
    has_top = len(codes) > 1
    found = []
    for at, parent in enumerate(parents):
        if not parent and any(parents) and rows[at] > 0 and not has_top:
            message = tr("{unit} has no parent_id, others have one", unit=label(units, at))
            found.append(Finding(int(rows[at]), "parent_missing", message))
        elif parent == units.unit_id[at]:
            message = tr("{unit} is named as its own parent", unit=label(units, at))
            found.append(Finding(int(rows[at]), "parent_unknown", message))
        elif parent and can_tell and parent not in codes[levels[at]]:
            message = tr(
                "parent_id of {unit} is {parent}, which is no unit",
                unit=label(units, at),
                parent=parent,
            )
            found.append(Finding(int(rows[at]), "parent_unknown", message))
    return found


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
