"""What an order says beside its place: category, colour, and the days that bound it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from zoning.clock import today_ist
from zoning.i18n.catalogue import tr
from zoning.model import Bools, Category, Days, Finding, Texts, Zone
from zoning.readers import columns
from zoning.readers.dates import ISO, IST_SECONDS, NAT, Moments, read_days, read_moments
from zoning.readers.fields import Part
from zoning.readers.needed_days import needed_days

# Colours that an order can declare.
ZONES = (Zone.RED, Zone.ORANGE, Zone.GREEN)


@dataclass(frozen=True)
class OrderTerms:
    """Terms of each row, arrays of shape (n,); see `StandingOrders`."""

    number: Texts
    category: Texts
    zone: Texts
    effective_at: Moments
    review_on: Days
    expires_on: Days


def read_terms(part: Part, at: datetime) -> OrderTerms:
    """Return the terms of all rows, and reject those that contradict themselves.

    An order whose days can't be read is rejected: nobody knows how long it stands.

    Parameters
    ----------
    part : Part
        Rows of a file of orders.
    at : datetime
        The present; what isn't in force yet, or no more, is told.
    """
    number = texts_of(part, "number")
    part.note(number == "", "number_missing", lambda _: tr("number is empty; give the order's"))
    part.reject_sums("number")
    category, zone = _what(part)
    effective_at = _effective(part)
    review_on, expires_on = _optional(part, "review_on"), _optional(part, "expires_on")
    terms = OrderTerms(number, category, zone, effective_at, review_on, expires_on)
    _note_sequence(part, terms, at)
    return terms


def texts_of(part: Part, name: str) -> Texts:
    """Return a column as texts, empty where the file hasn't it."""
    coded = part.coded(name)
    return np.full(len(part), "", dtype=object) if coded is None else columns.spread(coded)


def _what(part: Part) -> tuple[Texts, Texts]:
    told = {*part.found, *part.mapping.constants}
    if not {"category", "zone"} & told:
        message = tr(
            "the file tells neither category nor zone: it is taken for a list of containment "
            "zones, category A"
        )
        part.findings.append(Finding(0, "category_assumed", message))
        return np.full(len(part), Category.AFFECTED.value, dtype=object), texts_of(part, "zone")
    category = _one_of(part, "category", tuple(str(known) for known in Category), str.upper)
    zone = _one_of(part, "zone", tuple(str(known) for known in ZONES), str.lower)
    part.note(
        (category == "") & (zone == "") & ~part.rejected,
        "category_missing",
        lambda _: tr("the row tells neither category nor zone; give one of them"),
    )
    return category, zone


def _one_of(part: Part, name: str, known: tuple[str, ...], case: Any) -> Texts:
    told = np.array([case(text) for text in texts_of(part, name)], dtype=object)
    is_wrong = (told != "") & ~np.isin(told.astype(str), known)
    part.note(
        is_wrong,
        f"{name}_unknown",
        lambda i: tr(
            "{column} is {value}; it must be one of {known}, or its word is given in "
            "[orders.values.{column}] of a mapping file",
            column=name,
            value=part.cell(name, i),
            known=", ".join(known),
        ),
    )
    return np.where(is_wrong, "", told)


def _effective(part: Part) -> Moments:
    needed_days(part, "effective_on", None, "orders")
    column = part.column("effective_on")
    assert column is not None
    formats = (ISO,) if pa.types.is_date(column.type) else part.mapping.formats
    effective_at, _ = read_moments(column, formats)
    part.note(
        np.isnat(effective_at) & ~part.rejected,
        "date_ambiguous",
        lambda i: tr(
            "effective_on is {value}, which isn't one moment; write it as "
            "2020-05-18T17:00:00+05:30, or as the day alone",
            value=part.cell("effective_on", i),
        ),
    )
    return effective_at


def _optional(part: Part, name: str) -> Days:
    column = part.column(name)
    if column is None:
        return np.full(len(part), NAT, dtype="datetime64[D]")
    days = read_days(column, part.mapping.formats)
    part.note(
        days.is_unusable,
        f"{name}_invalid",
        lambda i: tr(
            "{column} is {value}, which isn't one day; correct it, or leave it empty where the "
            "order tells none",
            column=name,
            value=part.cell(name, i),
        ),
    )
    return days.day


def _note_sequence(part: Part, terms: OrderTerms, at: datetime) -> None:
    begins_on = ist_days(terms.effective_at)
    review_on, expires_on = terms.review_on, terms.expires_on
    today = np.datetime64(today_ist(at), "D")
    part.note(
        (expires_on < begins_on) & ~part.rejected,
        "expires_before_effect",
        lambda i: tr(
            "the order expires on {expires} and takes effect on {begins}, which is later; correct "
            "one of them",
            expires=expires_on[i],
            begins=begins_on[i],
        ),
    )
    _tell(
        part,
        (review_on < begins_on) | (review_on > expires_on),
        "review_outside",
        lambda i: tr(
            "review_on is {review}, outside the time in which the order stands", review=review_on[i]
        ),
    )
    _tell(
        part,
        begins_on > today,
        "effective_later",
        lambda i: tr("the order isn't in force before {day}", day=begins_on[i]),
    )
    _tell(
        part,
        expires_on < today,
        "order_expired",
        lambda i: tr("the order isn't in force any more: it expired on {day}", day=expires_on[i]),
    )


def ist_days(moments: Moments) -> Days:
    """Return the days in India of moments in UTC."""
    return (moments + np.timedelta64(IST_SECONDS, "s")).astype("datetime64[D]")


def _tell(part: Part, where: Bools, code: str, message: Any) -> None:
    part.note(where & ~part.rejected, code, message, rejects=False)
