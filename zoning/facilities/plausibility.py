"""Bed and oxygen figures that can't be true, as findings.

Beds are never negative and never above capacity. A figure that wasn't told is
no fault: missing isn't zero.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.i18n.forms import figure
from zoning.model import Bools, Facilities, Finding, Floats


def find_implausible_beds(facilities: Facilities) -> tuple[Finding, ...]:
    """Return the faults of bed and oxygen figures, by row.

    Parameters
    ----------
    facilities : Facilities
        One row a facility.

    Returns
    -------
    tuple of Finding
        Codes `beds_negative`, `beds_above_capacity` and `oxygen_hours_negative`,
        in the order of the rows. None of them refuses its row: the other figures
        of the facility stay useful.
    """
    found = [
        *_negatives(facilities),
        *_above_capacity(
            facilities, facilities.beds_vacant, facilities.beds_total, tr("vacant beds")
        ),
        *_above_capacity(
            facilities,
            facilities.oxygen_beds_vacant,
            facilities.oxygen_beds_total,
            tr("vacant oxygen beds"),
        ),
        *_above_capacity(
            facilities, facilities.oxygen_beds_total, facilities.beds_total, tr("oxygen beds")
        ),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.row, finding.code, finding.message)))


def _negatives(facilities: Facilities) -> Iterator[Finding]:
    for values, what in (
        (facilities.beds_total, tr("beds")),
        (facilities.beds_vacant, tr("vacant beds")),
        (facilities.oxygen_beds_total, tr("oxygen beds")),
        (facilities.oxygen_beds_vacant, tr("vacant oxygen beds")),
    ):
        for index in _rows(values < 0):
            yield _negative(facilities, index, "beds_negative", values[index], what)
    hours = facilities.oxygen_hours
    for index in _rows(hours < 0):
        what = tr("hours of oxygen")
        yield _negative(facilities, index, "oxygen_hours_negative", hours[index], what)


def _negative(facilities: Facilities, index: int, code: str, value: float, what: str) -> Finding:
    message = tr(
        "{name} has {value} {what}; a count is never below 0, leave the cell empty where it "
        "isn't known.",
        name=_name(facilities, index),
        value=figure(float(value)),
        what=what,
    )
    return Finding(int(facilities.row[index]), code, message)


def _above_capacity(
    facilities: Facilities, part: Floats, whole: Floats, what: str
) -> Iterator[Finding]:
    for index in _rows(part > whole):
        message = tr(
            "{name} has {part} {what} of {whole}; correct the one or the other.",
            name=_name(facilities, index),
            part=figure(float(part[index])),
            what=what,
            whole=figure(float(whole[index])),
        )
        yield Finding(int(facilities.row[index]), "beds_above_capacity", message)


def _name(facilities: Facilities, index: int) -> str:
    return str(
        facilities.name[index]
        or facilities.facility_id[index]
        or tr("row {row}", row=int(facilities.row[index]))
    )


def _rows(faulty: Bools) -> list[int]:
    return [int(index) for index in np.flatnonzero(faulty)]
