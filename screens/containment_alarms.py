"""First cases: units that had none, each with a clock, and what was done about it."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

import numpy as np
import pandas as pd
import streamlit as st

from screens.containment_words import clock_word
from screens.data_address import choose, chosen
from screens.data_notes import done, told
from screens.listing import day_column, listing, moment_column
from screens.plain import say, title
from zoning.access import Action
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.judgement.first_case import first_case_rule
from zoning.judgement.first_case_words import duty_word, first_case_sentences
from zoning.places.drawn import label
from zoning.workflow.alarms import Alarms
from zoning.workflow.containment import as_date
from zoning.workflow.zone_desk import Seen, ZoneDesk


def panel(desk: ZoneDesk, seen: Seen) -> None:
    """Draw the alarms, the one that is chosen with its duties, and the clause behind them."""
    alarms = seen.found.alarms
    say(summary(alarms), "sm-answer")
    if len(alarms.state.unit_index):
        unit = chosen("unit")
        listing(
            alarms_frame(alarms),
            name=tr("First cases, the one with the least time left first"),
            file_name="first-cases.csv",
            key="alarms",
            by=tr("State"),
            hidden="unit",
            chosen=unit,
            on_choice=lambda picked: choose(unit=picked),
            config={
                tr("Known since (IST)"): moment_column(),
                tr("Answer by (IST)"): moment_column(),
                tr("Confirmed"): day_column(),
            },
        )
        if not unit:
            st.caption(tr("Choose a row to see what is owed and to answer."))
        elif not _alarm(desk, alarms, unit):
            st.warning(tr("Unit {unit} has no alarm of a first case.", unit=unit))
    n = int(alarms.state.is_before_watch.sum())
    if n:
        say(
            tr_n(
                "{n} unit had its first case in the first file that came, before the watch began: "
                "it raises no alarm.",
                "{n} units had their first case in the first file that came, before the watch "
                "began: they raise no alarm.",
                n,
            ),
            "sm-quiet",
        )
    _clause()


def summary(alarms: Alarms) -> str:
    """Return how the alarms stand, in one sentence."""
    state = alarms.state
    n_open = int((~state.is_answered).sum())
    answered = int(state.is_answered.sum())
    if not len(state.unit_index):
        return tr("No unit has had a first case since the watch began.")
    if not n_open:
        return tr_n(
            "No first case waits for an answer; {n} was answered.",
            "No first case waits for an answer; {n} were answered.",
            answered,
        )
    return tr_n(
        "{n} first case waits for an answer, {overdue} overdue; {answered} answered.",
        "{n} first cases wait for an answer, {overdue} of them overdue; {answered} answered.",
        n_open,
        overdue=number(int(state.is_overdue.sum())),
        answered=number(answered),
    )


def _state_word(state: str) -> str:
    return {
        "overdue": tr("!! overdue"),
        "open": tr("◐ open"),
        "late": tr("✓ answered too late"),
        "answered": tr("✓ answered"),
    }[state]


def alarms_frame(alarms: Alarms) -> pd.DataFrame:
    """Return one row an alarm, open ones first, the least time left first."""
    state = alarms.state
    order = np.lexsort((state.hours_left, state.is_answered))
    unit = state.unit_index[order]
    keys = np.select(
        [state.is_overdue, ~state.is_answered, state.is_late],
        ["overdue", "open", "late"],
        "answered",
    )[order]
    return pd.DataFrame(
        {
            "unit": alarms.units.unit_id[unit],
            tr("State"): [_state_word(key) for key in keys.tolist()],
            tr("Unit"): [label(alarms.units, int(at)) for at in unit],
            tr("Clock"): [clock_word(float(hours)) for hours in state.hours_left[order]],
            tr("Answer by (IST)"): pd.to_datetime(state.answer_by[order], utc=True),
            tr("Known since (IST)"): pd.to_datetime(state.known_at[order], utc=True),
            tr("Confirmed"): pd.to_datetime(state.first_confirmed_on[order]),
            tr("Told after, days"): state.reported_after_days[order],
        }
    )


def _alarm(desk: ZoneDesk, alarms: Alarms, unit: str) -> bool:
    """Draw the alarm of a unit; return whether there is one."""
    state = alarms.state
    at = np.flatnonzero(alarms.units.unit_id[state.unit_index] == unit)
    if not len(at):
        return False
    nth = int(at[0])
    position = int(state.unit_index[nth])
    names = np.array([label(alarms.units, i) for i in range(len(alarms.units))], dtype=object)
    with st.container(border=True, key="alarm-card"):
        title(str(names[position]))
        say(str(first_case_sentences(state, names)[nth]))
        say(
            tr_n(
                "Confirmed {day}, told {n} day later.",
                "Confirmed {day}, told {n} days later.",
                int(state.reported_after_days[nth]),
                day=day(as_date(state.first_confirmed_on[nth])),
            ),
            "sm-quiet",
        )
        duties = "".join(
            f"<li><b>{escape(duty_word(duty.key))}</b> "
            f"{escape(_by(state.duty_by[nth, d], desk.now()))}</li>"
            for d, duty in enumerate(first_case_rule().duties)
        )
        st.html(f'<div class="sm-told"><h3>{escape(tr("Owed"))}</h3><ul>{duties}</ul></div>')
        if state.is_answered[nth]:
            answer = alarms.answers[unit]
            say(
                tr(
                    "Answered {when} by {who}: {note}",
                    when=moment(answer.answered_at),
                    who=answer.answered_by,
                    note=answer.note,
                )
            )
        else:
            _answer(desk, unit)
    return True


def _by(deadline: np.datetime64, now: datetime) -> str:
    by = deadline.astype("datetime64[s]").item().replace(tzinfo=UTC)
    if by < now:
        return tr("!! was due by {when}", when=moment(by))
    return tr("by {when}", when=moment(by))


def _answer(desk: ZoneDesk, unit: str) -> None:
    may = desk.may(Action.ANSWER_ALARM)
    with st.form("alarm-answer", border=False):
        note = st.text_area(
            tr("What was done"),
            key="alarm-note",
            placeholder=tr("surveillance, contacts traced, quarantine"),
            help=tr("No name of a person: this stays in the audit."),
        )
        is_sent = st.form_submit_button(
            tr("Answer the alarm"), type="primary", key="alarm-tell", disabled=not may
        )
    if not may:
        st.caption(tr("Your role may not answer alarms."))
    if not is_sent:
        return

    def answer() -> bool:
        desk.answer_alarm(unit, note)
        return True

    if told(answer):
        done(tr("The alarm of {unit} is answered.", unit=unit))


def _clause() -> None:
    rule = first_case_rule()
    told_by = tr("Memo {memo}, clause {clause}", memo=rule.memo, clause=rule.clause)
    st.html(
        f'<blockquote class="sm-clause"><p>{escape(rule.clause_text)}</p>'
        f"<cite>{escape(told_by)}</cite></blockquote>"
        f'<p class="sm-quiet">{escape(rule.ours)}</p>'
    )
