"""Numbers in Indian grouping, dates as 18 May 2020, times as 10:40 IST."""

from __future__ import annotations

import math
from datetime import date, datetime

from zoning.clock import IST
from zoning.i18n.catalogue import marked, tr

M2_PER_HA = 10_000

_MONTHS = (
    marked("January"),
    marked("February"),
    marked("March"),
    marked("April"),
    marked("May"),
    marked("June"),
    marked("July"),
    marked("August"),
    marked("September"),
    marked("October"),
    marked("November"),
    marked("December"),
)


def number(value: float, decimals: int = 0) -> str:
    """Return a number with Indian grouping: 1234567 -> 12,34,567."""
    if not math.isfinite(value):
        return tr("unlimited") if value > 0 else tr("unknown")
    whole, _, fraction = f"{abs(value):.{decimals}f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    text = ",".join([*groups, tail])
    if fraction:
        text = f"{text}.{fraction}"
    is_negative = value < 0 and text.strip("0.,")
    return f"-{text}" if is_negative else text


def figure(value: float, decimals: int = 1) -> str:
    """Return a measured figure without needless zeros: 9.10 -> 9.1, 15.0 -> 15."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def area(m2: float) -> str:
    """Return an area as 0.19 m², 9,500 m² or, from a hectare on, 3.5 ha."""
    if abs(m2) < M2_PER_HA:
        return tr("{n} m²", n=figure(m2, 2 if abs(m2) < 100 else 0))
    return tr("{n} ha", n=figure(m2 / M2_PER_HA, 1))


def day(value: date) -> str:
    """Return a day as 18 May 2020."""
    return f"{value.day} {tr(_MONTHS[value.month - 1])} {value.year}"


def moment(at: datetime) -> str:
    """Return a moment as 18 May 2020, 10:40 IST."""
    local = at.astimezone(IST)
    return tr("{day}, {time} IST", day=day(local.date()), time=f"{local:%H:%M}")
