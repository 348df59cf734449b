"""What has to be said of a file beside its columns: level, system, feed, days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

import streamlit as st

from screens.data_words import level_word
from zoning.clock import IST, today_ist
from zoning.i18n.catalogue import tr
from zoning.model import Level
from zoning.workflow.data_desk import DataDesk

UNNAMED = ""


@dataclass(frozen=True)
class Options:
    """What was said; see `zoning.workflow.intake.Plan`.

    Attributes
    ----------
    expected : str
        Codes of units that the file should hold, such as 1 - 144; empty where nobody says.
    """

    level: str = Level.WARD.value
    crs: str = ""
    valid_from: datetime | None = None
    is_held: bool = False
    feed_id: str = ""
    reported_through: date | None = None
    expected: str = ""


def options(desk: DataDesk, kind: str, prefix: str, *, may_draw: bool) -> Options:
    """Draw the options of a kind of file and return what was chosen.

    Parameters
    ----------
    desk : DataDesk
        For the feeds there are.
    kind : str
        What the file brings.
    prefix : str
        Of the keys of its widgets.
    may_draw : bool
        Whether the file may draw its places, so that a coordinate system counts.
    """
    if kind == "boundaries":
        return _of_boundaries(prefix, may_draw=may_draw)
    if may_draw:
        return Options(crs=_crs(prefix))
    if kind in ("cases", "tests"):
        return _of_reports(desk, kind, prefix)
    return Options()


def _crs(prefix: str) -> str:
    return st.text_input(
        tr("Coordinate system"),
        placeholder=tr("as the file says"),
        help=tr("Only where the file names none or a wrong one, such as EPSG:32643."),
        key=f"{prefix}-crs",
    ).strip()


def _of_boundaries(prefix: str, *, may_draw: bool) -> Options:
    level_place, codes_place, crs_place, day_place, hold_place = st.columns(
        5, vertical_alignment="bottom"
    )
    with level_place:
        level = st.selectbox(
            tr("These units are"),
            [level.value for level in Level],
            index=list(Level).index(Level.WARD),
            format_func=level_word,
            help=tr("For units that don't say their kind themselves."),
            key=f"{prefix}-level",
        )
    with codes_place:
        expected = st.text_input(
            tr("Codes it should hold"),
            placeholder=tr("for instance 1 - 144"),
            help=tr("What the file lacks of them is listed, and stays unclassified."),
            key=f"{prefix}-expected",
        ).strip()
    with crs_place:
        crs = _crs(prefix) if may_draw else ""
    with day_place:
        day = st.date_input(
            tr("They hold from"),
            value=None,
            min_value=date(1950, 1, 1),
            format="DD/MM/YYYY",
            help=tr("First day of these boundaries; now if left empty."),
            key=f"{prefix}-from",
        )
    with hold_place:
        is_held = st.toggle(
            tr("Hold until switched"),
            help=tr("They are known then and not in force, until somebody switches to them."),
            key=f"{prefix}-hold",
        )
    valid_from = None if day is None else datetime.combine(day, time(), IST)
    return Options(level=level, crs=crs, valid_from=valid_from, is_held=is_held, expected=expected)


def _of_reports(desk: DataDesk, kind: str, prefix: str) -> Options:
    named = {
        row.feed.feed_id: row.feed.name
        for row in desk.feeds()
        if row.feed.kind == kind and row.feed.feed_id
    }
    feed_place, day_place = st.columns(2, vertical_alignment="bottom")
    with feed_place:
        feed_id = st.selectbox(
            tr("From the feed"),
            [UNNAMED, *named],
            format_func=lambda feed: (
                tr("{name} ({feed})", name=named[feed], feed=feed)
                if feed
                else tr("none: it speaks for all units that no feed covers")
            ),
            key=f"{prefix}-feed",
        )
    through = None
    if kind == "cases":
        with day_place:
            through = st.date_input(
                tr("Complete through"),
                value=None,
                max_value=today_ist(desk.clock()),
                min_value=date(2020, 1, 1),
                format="DD/MM/YYYY",
                help=tr("Day to which every case is in the file; its last day if left empty."),
                key=f"{prefix}-through",
            )
    return Options(feed_id=feed_id, reported_through=through)
