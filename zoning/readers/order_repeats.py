"""Rows of orders against each other: the same again, contradictions, one number with two days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Ints, Texts
from zoning.readers.fields import Part
from zoning.readers.order_entries import OrderEntries
from zoning.readers.order_terms import OrderTerms, ist_days
from zoning.surveillance.grouping import group_numbers

ROWS_SHOWN = 5


def settle_orders(
    part: Part, terms: OrderTerms, entries: OrderEntries, content: Sequence[Texts]
) -> None:
    """Reject rows that repeat another, and rows that contradict each other; tell the rest.

    Parameters
    ----------
    part : Part
        Rows, n of them.
    terms : OrderTerms
        Their terms.
    entries : OrderEntries
        Their places.
    content : sequence of Texts
        Every column of them, shape (n,) each.
    """
    _reject_identical(part, content)
    order = group_numbers([terms.number.astype(str), terms.effective_at])
    place = group_numbers(
        [order[entries.of], entries.booth_id.astype(str), _unit_if_alone(entries)]
    )
    is_named = (entries.booth_id != "") | (_unit_if_alone(entries) != "")
    _reject_contradictory(part, "category", terms.category, entries, place, is_named)
    unit = group_numbers([order[entries.of], entries.unit_id.astype(str)])
    _reject_contradictory(part, "zone", terms.zone, entries, unit, entries.unit_id != "")
    _tell_repeated(part, entries, place, is_named)
    _tell_dates(part, terms)


def _unit_if_alone(entries: OrderEntries) -> Any:
    """Return the unit of an entry that is no booth's: such an entry means the unit as a whole."""
    return np.where(entries.booth_id == "", entries.unit_id, "").astype(str)


def _reject_identical(part: Part, content: Sequence[Texts]) -> None:
    first: dict[tuple[object, ...], int] = {}
    earlier = np.arange(len(part))
    for i in np.flatnonzero(~part.rejected):
        earlier[i] = first.setdefault(tuple(column[i] for column in content), int(i))
    part.note(
        earlier != np.arange(len(part)),
        "row_identical",
        lambda i: tr(
            "the row stands in row {row} word for word; it counts once",
            row=int(part.row[earlier[i]]),
        ),
    )


def _reject_contradictory(
    part: Part, name: str, told: Texts, entries: OrderEntries, group: Ints, is_named: Bools
) -> None:
    """Reject the rows of one order that tell one place two things; nobody knows which is meant."""
    value = told[entries.of]
    among = np.flatnonzero(is_named & (value != "") & ~part.rejected[entries.of])
    values: dict[int, set[str]] = defaultdict(set)
    for at in among:
        values[int(group[at])].add(str(value[at]))
    rows: dict[int, list[int]] = defaultdict(list)
    at_fault: dict[int, int] = {}
    for at in among:
        if len(values[int(group[at])]) > 1:
            rows[int(group[at])].append(int(part.row[entries.of[at]]))
            at_fault.setdefault(int(entries.of[at]), int(at))
    where = np.zeros(len(part), dtype=bool)
    where[list(at_fault)] = True
    part.note(
        where,
        f"{name}_contradicted",
        lambda i: tr(
            "the order makes {place} {values} at once, in rows {rows}; none of them is taken, "
            "correct them",
            place=entries.booth_id[at_fault[i]] or entries.unit_id[at_fault[i]],
            values=", ".join(sorted(values[int(group[at_fault[i]])])),
            rows=", ".join(map(str, rows[int(group[at_fault[i]])][:ROWS_SHOWN])),
        ),
    )


def _tell_repeated(part: Part, entries: OrderEntries, place: Ints, is_named: Bools) -> None:
    among = np.flatnonzero(is_named & ~part.rejected[entries.of])
    first: dict[int, int] = {}
    again: dict[int, int] = {}
    for at in among:
        head = first.setdefault(int(place[at]), int(at))
        if entries.of[head] != entries.of[at]:
            again.setdefault(int(entries.of[at]), int(at))
    where = np.zeros(len(part), dtype=bool)
    where[list(again)] = True
    part.note(
        where,
        "place_repeated",
        lambda i: tr(
            "{place} stands in row {row} of the same order too; it counts once",
            place=entries.booth_id[again[i]] or entries.unit_id[again[i]],
            row=int(part.row[entries.of[first[int(place[again[i]])]]]),
        ),
        rejects=False,
    )


def _tell_dates(part: Part, terms: OrderTerms) -> None:
    days = ist_days(terms.effective_at)
    told: dict[str, set[str]] = defaultdict(set)
    among = np.flatnonzero(~part.rejected)
    for i in among:
        told[str(terms.number[i])].add(str(days[i]))
    where = np.zeros(len(part), dtype=bool)
    where[[i for i in among if len(told[str(terms.number[i])]) > 1]] = True
    part.note(
        where,
        "order_dates_differ",
        lambda i: tr(
            "order {number} takes effect on several days ({days}); each day counts as an order "
            "of its own until somebody corrects it",
            number=terms.number[i],
            days=", ".join(sorted(told[str(terms.number[i])])[:ROWS_SHOWN]),
        ),
        rejects=False,
    )
