"""A moment in the address bar and in two boxes, day and time in India, so that a link is a view."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st

from screens.data_address import choose, chosen
from zoning.clock import IST
from zoning.i18n.catalogue import tr
from zoning.workflow.history_desk import end_of_day

FORM = "%Y-%m-%dT%H:%M"


def moment_box(name: str, label: str, otherwise: datetime, now: datetime) -> datetime:
    """Draw the boxes of a moment and return it.

    Parameters
    ----------
    name : str
        Of the moment in the address, and of its boxes.
    label : str
        What it is the moment of.
    otherwise : datetime
        Shown where the address names none.
    now : datetime
        The latest that can be asked about.
    """
    at = _from_address(name, otherwise, now).astimezone(IST)
    day_key, time_key = f"{name}-day", f"{name}-time"
    st.session_state[day_key], st.session_state[time_key] = at.date(), at.time()

    def tell() -> None:
        day = st.session_state[day_key] or at.date()
        clock_time = st.session_state[time_key] or time(23, 59)
        choose(**{name: datetime.combine(day, clock_time).strftime(FORM)})

    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{name}-moment"):
        st.date_input(
            label, key=day_key, on_change=tell, format="DD/MM/YYYY", max_value=now.astimezone(IST)
        )
        st.time_input(tr("Time (IST)"), key=time_key, on_change=tell, step=60)
    return _through_this_minute(at, now)


def _through_this_minute(at: datetime, now: datetime) -> datetime:
    """Return a moment, the present minute to its end: what was just written is part of it.

    Every visit within the minute asks about the same moment.
    """
    minute = now.replace(second=0, microsecond=0)
    return minute.replace(second=59) if at >= minute else at


def _from_address(name: str, otherwise: datetime, now: datetime) -> datetime:
    text = chosen(name)
    if not text:
        return otherwise.replace(second=0, microsecond=0)
    try:
        if "T" in text:
            asked = datetime.strptime(text, FORM).replace(tzinfo=IST)
        else:
            asked = end_of_day(datetime.strptime(text, "%Y-%m-%d").date())
    except ValueError:
        st.warning(
            tr(
                "“{text}” isn't a moment such as 2020-05-18T18:00; another is shown.",
                text=text,
            )
        )
        return otherwise.replace(second=0, microsecond=0)
    if asked > now.replace(second=59):
        st.warning(tr("That moment is yet to come; the present is shown."))
        return now
    return asked
