"""Conditions held against what is planned: seats, persons, percent of the strength."""

from __future__ import annotations

from zoning.measures.conditions import Condition, Persons, Seats, Strength
from zoning.measures.question import Asked, Quantities


def ask(conditions: tuple[tuple[Condition, str], ...], planned: Quantities) -> list[Asked]:
    """Return conditions as they count for what is planned.

    Parameters
    ----------
    conditions : tuple of (Condition, str)
        Each with its section.
    planned : Quantities
        What is planned; persons are compared only where it is plain which limit is meant: of a bus
        and a taxi together it is the bus if its seats are told, else neither.

    Returns
    -------
    list of Asked
        In the same order.
    """
    parts = {c.part for c, _ in conditions if isinstance(c, Persons | Seats)}
    return [
        Asked(
            condition,
            section,
            _at_most(condition, planned),
            _is_met(condition, planned, is_one=len(parts) < 2),
        )
        for condition, section in conditions
    ]


def _at_most(condition: Condition, planned: Quantities) -> int | None:
    if isinstance(condition, Persons):
        return condition.at_most
    if isinstance(condition, Seats) and planned.seats is not None:
        return condition.allowed(planned.seats)
    return None


def _is_met(condition: Condition, planned: Quantities, *, is_one: bool) -> bool | None:
    if isinstance(condition, Strength):
        return None if planned.percent is None else planned.percent <= condition.percent
    at_most = _at_most(condition, planned)
    if at_most is None or planned.persons is None:
        return None
    if not is_one and not isinstance(condition, Seats):
        return None
    return planned.persons <= at_most
