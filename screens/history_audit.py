"""Who did what: the audit by person, action, subject and days, and whether its chain holds."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen
from screens.data_notes import told
from screens.history_words import action_word
from screens.listing import listing, moment_column
from screens.plain import say, title
from zoning.access import Action, refusal, seen_units
from zoning.clock import IST
from zoning.i18n.catalogue import tr, tr_n
from zoning.workflow.actor import standing_of
from zoning.workflow.checking import State
from zoning.workflow.history_desk import AuditLine, AuditQuery, HistoryDesk

SHOWN = 500
WHO, ACTION, SUBJECT, SINCE, UNTIL = "who", "action", "subject", "since", "until"


def panel(desk: HistoryDesk) -> None:
    """Draw the entries that are looked for and the verification of the chain."""
    if not desk.may(Action.READ_AUDIT):
        st.warning(refusal(standing_of(desk.who), Action.READ_AUDIT))
        return
    query = _query(desk)
    found = told(lambda: desk.audit(query))
    if found is None:
        return
    say(summary(found), "sm-answer")
    if seen_units(standing_of(desk.who), Action.READ_AUDIT) is not None:
        say(
            tr(
                "Shown is what was done about your area: what lies in it altogether, and orders "
                "that hold in it."
            ),
            "sm-quiet",
        )
    listing(
        audit_frame(found),
        name=tr("Who did what, the newest first"),
        file_name="audit.csv",
        key="history-audit",
        config={
            tr("When (IST)"): moment_column(),
            tr("Detail"): st.column_config.TextColumn(width="large"),
        },
    )
    _verify(desk)


def _query(desk: HistoryDesk) -> AuditQuery:
    """Draw what is looked for; the address holds it, so that a link is a view."""
    actions = desk.actions()
    with st.container(horizontal=True, key="audit-query", vertical_alignment="bottom"):
        who = _text(tr("Who"), WHO)
        asked = chosen(ACTION)
        options = ("", *actions)
        st.session_state["audit-action"] = asked if asked in options else ""
        action = st.selectbox(
            tr("What"),
            options,
            format_func=lambda key: action_word(key) if key else tr("anything"),
            key="audit-action",
            on_change=lambda: choose(**{ACTION: st.session_state["audit-action"]}),
        )
        subject = _text(tr("About, such as orders/12"), SUBJECT)
        since, until = _day(tr("From day"), SINCE), _day(tr("To day"), UNTIL)
    return AuditQuery(
        who,
        action or "",
        subject,
        None if since is None else datetime.combine(since, time(), IST),
        None if until is None else datetime.combine(until + timedelta(days=1), time(), IST),
        SHOWN,
    )


def _text(label: str, name: str) -> str:
    key = f"audit-{name}"
    st.session_state[key] = chosen(name)
    return str(
        st.text_input(label, key=key, on_change=lambda: choose(**{name: st.session_state[key]}))
    )


def _day(label: str, name: str) -> date | None:
    key = f"audit-{name}"
    try:
        st.session_state[key] = date.fromisoformat(chosen(name)) if chosen(name) else None
    except ValueError:
        st.session_state[key] = None
    given = st.date_input(
        label,
        value=None,
        key=key,
        format="DD/MM/YYYY",
        on_change=lambda: choose(**{name: st.session_state[key]}),
    )
    return given if isinstance(given, date) else None


def summary(found: tuple[AuditLine, ...]) -> str:
    """Return how much was found, and of how many persons."""
    persons = len({line.who for line in found})
    if not found:
        return tr("Nobody did anything like that.")
    if len(found) >= SHOWN:
        return tr("The newest {n} entries are shown; narrow the question.", n=SHOWN)
    return tr_n(
        "{n} entry, of {persons}.",
        "{n} entries, of {persons}.",
        len(found),
        persons=tr_n("{n} person", "{n} persons", persons),
    )


def audit_frame(found: tuple[AuditLine, ...]) -> pd.DataFrame:
    """Return one row an entry."""
    return pd.DataFrame(
        {
            tr("Entry"): [line.number for line in found],
            tr("When (IST)"): pd.to_datetime([line.at for line in found], utc=True),
            tr("Who"): [line.who for line in found],
            tr("What"): [action_word(line.action) for line in found],
            tr("About"): [line.subject for line in found],
            tr("Detail"): [
                json.dumps(dict(line.detail), ensure_ascii=False) if line.detail else ""
                for line in found
            ],
            tr("Hash"): [line.hash for line in found],
        }
    )


def _verify(desk: HistoryDesk) -> None:
    title(tr("Does the audit hold?"))
    st.caption(
        tr(
            "Each entry carries the hash of the one before. Note the head elsewhere, on paper or "
            "in another office, and give it here later: what was removed or written anew shows."
        )
    )
    with st.form("audit-verify", border=False):
        noted = st.text_input(tr("Head as you noted it, if you did"), key="audit-noted")
        is_asked = st.form_submit_button(tr("Verify"), key="audit-verify-now", type="primary")
    if not is_asked:
        return
    with st.spinner(tr("Walking along the audit…")):
        check = told(lambda: desk.verify(noted))
    if check is None:
        return
    (st.success if check.state is State.OK else st.error)(check.sentence)
    say(str(check.figures["head"]), "sm-hash")
