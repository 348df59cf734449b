"""Counts of what was in force day by day, with breaks where days don't compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from screens.history_words import kind_word, letter
from screens.listing import day_column, listing
from screens.plain import say, title
from zoning.access import Action
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.model import Ints, Zone
from zoning.symbols.palette import category_styles, zone_styles
from zoning.workflow.history_desk import HistoryDesk
from zoning.workflow.trend import Trend

HEIGHT_PX = 190
ORDER = ("red", "orange", "amber", "green")
BREAK_INK = "#808894"


@st.cache_resource(max_entries=4, show_spinner=False)
def _trend(where: str, version: int, area: str, today: str, _desk: HistoryDesk) -> Trend:
    return _desk.trend()


def panel(desk: HistoryDesk) -> None:
    """Draw the counts, their breaks and the table beside them."""
    if not desk.may(Action.SEE_FIGURES):
        st.info(tr("The trend is shown to those who see figures."))
        return
    today = today_ist(desk.now()).isoformat()
    with st.spinner(tr("Counting day by day…")):
        found = _trend(desk.store.where, desk.version(), desk.area_key, today, desk)
    if not len(found):
        st.info(tr("No order was published yet, so there is nothing to count."))
        return
    say(summary(found), "sm-answer")
    _breaks(found)
    charts, table = st.columns([3, 2], gap="large")
    with charts:
        _chart(found, tr("Units by zone"), found.units, _zone_fills(found), "units")
        if found.booths:
            fills = {c: s.fill for c, s in category_styles().items()}
            _chart(found, tr("Booths by category"), found.booths, fills, "booths")
        _active(found)
    with table:
        listing(
            trend_frame(found),
            name=tr("Counts day by day"),
            file_name="trend.csv",
            key="history-trend",
            config={tr("Day"): day_column()},
        )


def summary(found: Trend) -> str:
    """Return over which days is counted and how often the series breaks."""
    first, last = (value.astype("datetime64[D]").item() for value in (found.day[0], found.day[-1]))
    moments = len({b.at for b in found.breaks})
    if not moments:
        return tr(
            "From {first} to {last}, counted by one measure throughout.",
            first=day(first),
            last=day(last),
        )
    return tr_n(
        "From {first} to {last}. The series breaks {n} time: days before and after don't compare.",
        "From {first} to {last}. The series breaks {n} times: days before and after don't compare.",
        moments,
        first=day(first),
        last=day(last),
    )


def _breaks(found: Trend) -> None:
    numbered = _numbered(found)
    items = "".join(
        f"<li><b>{numbered[b.at]}. {escape(kind_word(b.kind))}</b>, {escape(moment(b.at))}"
        f"{escape(tr(', order {number}', number=b.number)) if b.number else ''}: "
        f"{escape(b.sentence)}</li>"
        for b in found.breaks
    )
    if items:
        st.html(f'<ul class="sm-breaks">{items}</ul>')


def _numbered(found: Trend) -> dict[Any, int]:
    return {at: n for n, at in enumerate(dict.fromkeys(b.at for b in found.breaks), 1)}


def _by_severity(zones: Iterable[str]) -> list[str]:
    """Return zones most severe first; those of no colour come last."""
    return sorted(zones, key=lambda zone: ORDER.index(zone) if zone in ORDER else len(ORDER))


def _zone_fills(found: Trend) -> dict[str, str]:
    styles = zone_styles(ORDER)
    plain = styles[Zone.UNCLASSIFIED.value]
    return {zone: styles.get(zone, plain).fill for zone in _by_severity(found.units)}


def _rules(found: Trend) -> pd.DataFrame:
    at = _numbered(found)
    return pd.DataFrame(
        {
            "day": pd.to_datetime([today_ist(moment) for moment in at]),
            "words": [tr("break {n}", n=n) for n in at.values()],
        }
    )


def _chart(
    found: Trend, words: str, columns: Mapping[str, Ints], fills: Mapping[str, str], key: str
) -> None:
    title(words)
    names = [name for name in fills if name in columns]
    rows = pd.DataFrame(
        {
            "day": np.tile(pd.to_datetime(found.day), len(names)),
            "n": np.concatenate([columns[name] for name in names]),
            "name": np.repeat(
                [f"{letter(name)} {name}" if len(name) > 1 else name for name in names], len(found)
            ),
            "rank": np.repeat(np.arange(len(names)), len(found)),
        }
    )
    scale = alt.Scale(
        domain=list(dict.fromkeys(rows["name"])), range=[fills[name] for name in names]
    )
    bars = (
        alt.Chart(rows)
        .mark_bar(stroke="#7b828c", strokeWidth=0.4)
        .encode(
            x=alt.X("yearmonthdate(day):T", title=None, axis=alt.Axis(format="%d %b")),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1)),
            color=alt.Color("name:N", scale=scale, title=None, legend=alt.Legend(orient="top")),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("day:T", format="%d %b %Y", title=tr("Day")),
                alt.Tooltip("name:N", title=words),
                alt.Tooltip("n:Q", title=tr("Count")),
            ],
        )
    )
    _draw(bars, found, key)


def _named(key: str) -> str:
    """Return a zone with its letter before it; a category is its letter."""
    return tr("{letter} {zone}", letter=letter(key), zone=key) if len(key) > 1 else key


def _draw(chart: Any, found: Trend, key: str) -> None:
    rules = _rules(found)
    if len(rules):
        base = alt.Chart(rules)
        line = base.mark_rule(strokeWidth=2, strokeDash=[6, 3], color=BREAK_INK).encode(
            x="yearmonthdate(day):T"
        )
        look = {"align": "left", "dx": 2, "dy": -3, "baseline": "bottom", "color": BREAK_INK}
        words = base.mark_text(fontWeight="bold", **look).encode(
            x="yearmonthdate(day):T", y=alt.value(0), text="words:N"
        )
        chart = chart + line + words
    st.altair_chart(chart.properties(height=HEIGHT_PX), key=f"history-{key}", width="stretch")


def _active(found: Trend) -> None:
    if np.isnan(found.active).all():
        return
    title(tr("Active cases, as the order in force knew them"))
    if found.is_part:
        st.caption(tr("Of your area alone."))
    at = np.array([np.datetime64(today_ist(m), "D") for m in _numbered(found)], "datetime64[D]")
    rows = pd.DataFrame(
        {
            "day": pd.to_datetime(found.day),
            "n": found.active,
            # No line is drawn across a break.
            "part": np.searchsorted(np.sort(at), found.day, side="right"),
        }
    ).dropna()
    line = (
        alt.Chart(rows)
        .mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=18), color="#5b8dd6")
        .encode(
            x=alt.X("yearmonthdate(day):T", title=None, axis=alt.Axis(format="%d %b")),
            y=alt.Y("n:Q", title=None, axis=alt.Axis(tickMinStep=1)),
            detail="part:N",
            tooltip=[
                alt.Tooltip("day:T", format="%d %b %Y", title=tr("Day")),
                alt.Tooltip("n:Q", title=tr("Active cases")),
            ],
        )
    )
    _draw(line, found, "active")


def trend_frame(found: Trend) -> pd.DataFrame:
    """Return one row a day, the newest first, with what breaks there."""
    numbered = _numbered(found)
    broken: dict[Any, list[str]] = {}
    for b in found.breaks:
        told = tr("{n}. {what}", n=number(numbered[b.at]), what=kind_word(b.kind))
        broken.setdefault(np.datetime64(today_ist(b.at), "D"), []).append(told)
    frame = pd.DataFrame(
        {
            tr("Day"): pd.to_datetime(found.day),
            **{
                tr("Units {letter}", letter=letter(zone)): found.units[zone]
                for zone in _by_severity(found.units)
            },
            **{tr("Booths {letter}", letter=c): n for c, n in sorted(found.booths.items())},
            tr("Active"): found.active,
            tr("Break"): ["; ".join(broken.get(d, [])) for d in found.day],
        }
    )
    return frame.iloc[::-1].reset_index(drop=True)
