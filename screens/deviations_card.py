"""One deviation: what was seen, what was withdrawn, and what can follow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from html import escape

import streamlit as st

from screens.data_notes import ask, dialog, done, leave, told
from screens.deviations_words import (
    activity_search,
    activity_word,
    offence_word,
    state_word,
    unit_word,
    withdrawal_sentence,
)
from screens.plain import say, title
from zoning.clock import IST, as_utc
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.measures.withdrawal_rule import withdrawal_rule
from zoning.measures.withdrawals import Scope, Withdrawal, stands
from zoning.workflow.deviation_register import Listed
from zoning.workflow.deviations_desk import DeviationsDesk, RegisterSeen

LAST_MINUTE = time(23, 59)


def deviation_card(desk: DeviationsDesk, seen: RegisterSeen, row: Listed) -> None:
    """Draw a deviation with the acts that are this person's."""
    new, key = row.deviation.new, row.deviation.deviation_id
    known = desk.activities()
    with st.container(border=True, key="deviation-card"):
        title(tr("Deviation {id}: {state}", id=key, state=state_word(row.state)))
        facts = (
            (tr("Where"), unit_word(new.unit_id, seen.names)),
            (tr("Premises"), new.premises),
            (tr("Place"), new.place),
            (tr("Booth"), new.booth_id),
            (tr("What was going on"), activity_word(new.activity, known)),
            (tr("Offence"), offence_word(new.offence)),
            (tr("When"), moment(new.happened_at)),
            (
                tr("Recorded"),
                tr("{when} by {who}", when=moment(row.deviation.at), who=row.deviation.by),
            ),
        )
        told_facts = "".join(
            f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in facts if value
        )
        st.html(f'<dl class="sm-facts">{told_facts}</dl>')
        _evidence(desk, new.unit_id, key)
        for one in row.withdrawals:
            say(withdrawal_sentence(one, seen.at, seen.names, known))
        _acts(desk, seen, row)


def _evidence(desk: DeviationsDesk, unit_id: str, key: int) -> None:
    if not desk.may_read_evidence(unit_id):
        st.caption(tr("What was seen is for those who record or withdraw here."))
        return
    if not st.button(tr("Show what was seen"), key="deviation-evidence-show"):
        return
    found = told(lambda: desk.evidence(key))
    if found is not None:
        say(found.new.evidence)
        st.caption(tr("The audit has noted that you read it."))


def _acts(desk: DeviationsDesk, seen: RegisterSeen, row: Listed) -> None:
    new = row.deviation.new
    standing = [one for one in row.withdrawals if stands(one, seen.at)]
    if not desk.may_withdraw(new.unit_id):
        st.caption(
            tr(
                "A relaxation is withdrawn and restored by the District Magistrate or the "
                "Commissioner, in the own jurisdiction."
            )
        )
        return
    has_closed = any(one.scope is Scope.PREMISES for one in row.withdrawals)
    is_closed = any(one.scope is Scope.PREMISES for one in standing)
    with st.container(horizontal=True, key="deviation-acts"):
        if new.premises and not is_closed:
            st.button(
                tr("Close the premises"),
                type="primary",
                key="deviation-close",
                on_click=lambda: ask("close-premises"),
            )
        if has_closed or not new.premises:
            st.button(
                tr("Withdraw in an area"),
                key="deviation-area",
                on_click=lambda: ask("close-area"),
            )
        for one in standing:
            st.button(
                tr("Restore {number}", number=one.number),
                key=f"deviation-restore-{one.number}",
                on_click=lambda number=one.number: ask(f"restore-{number}"),
            )
    dialog("close-premises", tr("Close the premises"), _close_premises, desk, row)
    dialog("close-area", tr("Withdraw in an area"), _close_area, desk, row)
    for one in standing:
        dialog(f"restore-{one.number}", tr("Restore"), _restore, desk, one)


def _close_premises(desk: DeviationsDesk, row: Listed) -> None:
    new, rule, known = row.deviation.new, withdrawal_rule(), desk.activities()
    say(
        tr(
            "{premises}: what is permitted there ends now, and until it is restored.",
            premises=new.premises,
        )
    )
    with st.form("close-premises", border=False):
        activity = st.selectbox(
            tr("What ends"),
            ["", *sorted(known)],
            index=0,
            format_func=lambda key: (
                activity_search(key, known) if key else activity_word(key, known)
            ),
            key="close-activity",
        )
        reason = st.text_area(tr("Why"), key="close-reason")
        review = _review_day(desk, rule.review_days)
        is_sent = st.form_submit_button(
            tr("Close the premises"), type="primary", key="close-send", width="stretch"
        )
    st.button(tr("Cancel"), on_click=leave, key="close-cancel", width="stretch")
    if is_sent:
        key = row.deviation.deviation_id
        _say_made(told(lambda: desk.close_premises(key, reason, activity, _by(review))))


def _close_area(desk: DeviationsDesk, row: Listed) -> None:
    new, known = row.deviation.new, desk.activities()
    areas = desk.areas_around(new.unit_id)
    say(
        tr(
            "A second decision: the activity ends for everybody in the area, also for those who "
            "kept to the measures."
        )
    )
    with st.form("close-area", border=False):
        area = st.selectbox(
            tr("Area"), list(areas), format_func=lambda code: areas[code], key="area-unit"
        )
        choices = sorted(known)
        activity = st.selectbox(
            tr("What ends"),
            choices,
            index=choices.index(new.activity) if new.activity in choices else None,
            format_func=lambda key: activity_search(key, known),
            key="area-activity",
        )
        reason = st.text_area(tr("Why in all of the area"), key="area-reason")
        review = _review_day(desk, None)
        is_sent = st.form_submit_button(
            tr("Withdraw in the area"), type="primary", key="area-send", width="stretch"
        )
    st.button(tr("Cancel"), on_click=leave, key="area-cancel", width="stretch")
    if not is_sent:
        return

    def send() -> Withdrawal:
        by = _by(review)
        if by is None:
            raise InputError(tr("Name the day of the review; for an area there is no default."))
        key = row.deviation.deviation_id
        return desk.close_area(key, area or "", activity or "", reason, by)

    _say_made(told(send))


def _restore(desk: DeviationsDesk, one: Withdrawal) -> None:
    with st.form("restore", border=False):
        reason = st.text_area(tr("Why it is given back"), key="restore-reason")
        is_sent = st.form_submit_button(
            tr("Restore {number}", number=one.number),
            type="primary",
            key="restore-send",
            width="stretch",
        )
    st.button(tr("Cancel"), on_click=leave, key="restore-cancel", width="stretch")
    if is_sent and told(lambda: desk.restore(one.number, reason)) is not None:
        done(tr("{number} has ended.", number=one.number))


def _review_day(desk: DeviationsDesk, usual_days: int | None) -> date | None:
    today = desk.now().astimezone(IST).date()
    last = today + timedelta(days=withdrawal_rule().review_at_most_days)
    usual = None if usual_days is None else today + timedelta(days=usual_days)
    picked: date | None = st.date_input(
        tr("To be reviewed by"),
        usual,
        min_value=today + timedelta(days=1),
        max_value=last,
        format="DD/MM/YYYY",
        key="review-day",
    )
    return picked


def _by(review: date | None) -> datetime | None:
    """Return the end of a day in India."""
    return None if review is None else as_utc(datetime.combine(review, LAST_MINUTE))


def _say_made(made: Withdrawal | None) -> None:
    if made is not None:
        done(
            tr(
                "{number}: withdrawn from now on, to be reviewed by {when}.",
                number=made.number,
                when=moment(made.review_at),
            )
        )
