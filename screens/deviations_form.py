"""The form in which a deviation is recorded; the register and the area's screen share it."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st

from screens.data_notes import done, leave, told
from screens.deviations_words import activity_search
from zoning.clock import IST, as_utc
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.workflow.deviations_desk import DeviationsDesk, NewDeviation

QUESTION = "record-deviation"


def record_form(desk: DeviationsDesk, unit_id: str) -> None:
    """Draw the form in its dialog.

    Parameters
    ----------
    desk : DeviationsDesk
        Where it is kept.
    unit_id : str
        Unit that is chosen at first; empty for none.
    """
    units, activities, offences = desk.units(), desk.activities(), desk.offences()
    codes = list(units)
    now = desk.now().astimezone(IST)
    with st.form("deviation", border=False):
        unit = st.selectbox(
            tr("Ward or gram panchayat"),
            codes,
            index=codes.index(unit_id) if unit_id in units else None,
            format_func=lambda code: f"{units[code]} · {code}",
            placeholder=tr("Search by name or code"),
            key="deviation-unit",
        )
        premises = st.text_input(
            tr("Premises"),
            key="deviation-premises",
            placeholder=tr("Name on the sign: shop, office, hall"),
        )
        place = st.text_input(
            tr("Where"), key="deviation-place", placeholder=tr("Street, number, landmark")
        )
        activity = st.selectbox(
            tr("What was going on"),
            sorted(activities, key=lambda key: activities[key].label.lower()),
            index=None,
            format_func=lambda key: activity_search(key, activities),
            placeholder=tr("Search by a word: shop, দোকান, शादी"),
            key="deviation-activity",
        )
        evidence = st.text_area(
            tr("What was seen, and what shows it"),
            key="deviation-evidence",
            placeholder=tr("About forty people inside, no masks; photographs 12 to 15"),
            help=tr("Name no bystander. Every reading of this text is written into the audit."),
        )
        with st.container(horizontal=True):
            on = st.date_input(
                tr("Day"),
                now.date(),
                max_value=now.date(),
                format="DD/MM/YYYY",
                key="deviation-day",
            )
            clock_time = st.time_input(
                tr("Time (IST)"), now.time().replace(second=0, microsecond=0), key="deviation-time"
            )
        offence = st.selectbox(
            tr("Offence"),
            [one.key for one in offences],
            format_func=lambda key: next(
                f"{one.section} · {one.words}" for one in offences if one.key == key
            ),
            key="deviation-offence",
        )
        booth = st.text_input(
            tr("Booth"), key="deviation-booth", placeholder=tr("If it is known: 151/23")
        )
        is_sent = st.form_submit_button(
            tr("Record the deviation"), type="primary", key="deviation-send", width="stretch"
        )
    st.button(tr("Cancel"), on_click=leave, key="deviation-cancel", width="stretch")
    if not is_sent:
        return

    def send() -> int:
        if not isinstance(clock_time, time) or on is None:
            raise InputError(tr("Say on which day and at what time it was."))
        new = NewDeviation(
            unit_id=unit or "",
            activity=activity or "",
            evidence=evidence,
            offence=offence or "",
            happened_at=as_utc(datetime.combine(on, clock_time)),
            booth_id=booth,
            place=place,
            premises=premises,
        )
        if not unit:
            raise InputError(tr("Choose the ward or gram panchayat."))
        return desk.record(new)

    number = told(send)
    if number is not None:
        done(tr("Deviation {id} is recorded.", id=number))
