"""Consultation: which offices are asked, until when, what they answered; sending, giving back."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from screens.containment_words import clock_word
from screens.plain import say, title
from screens.proposal_acts import act, start_over
from screens.proposal_lacks import lacks
from screens.proposal_shown import Shown
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment
from zoning.orders.state import OrderState, state_label
from zoning.orders.steps import Answer, answer_word, office_word
from zoning.workflow.consulting import Consultation
from zoning.workflow.draft import Draft

SECONDS_AN_HOUR = 3600
GIVE_BACK = "consult-note"


def consult_step(shown: Shown) -> None:
    """Draw the consultation of the draft."""
    draft = shown.draft
    if draft is None:
        st.info(tr("Offices are asked about a draft; begin or open one in the first step."))
        return
    title(tr("Consultation"))
    if draft.state is OrderState.DRAFT:
        _send(shown, draft)
        return
    asked = shown.desk.consultations(draft.draft_id)
    if not asked:
        st.caption(tr("No office is asked about this kind of order."))
    for one in asked:
        _office(shown, draft, one)
    if draft.state in (OrderState.IN_CONSULTATION, OrderState.APPROVED):
        _give_back(shown, draft)


def _send(shown: Shown, draft: Draft) -> None:
    offices = [office_word(office.office) for office in draft.procedure.offices]
    hours = int(draft.procedure.answer_within.total_seconds()) // SECONDS_AN_HOUR
    say(
        tr_n(
            "{offices} will be asked, and has {hours} hours to answer. The text then stands.",
            "{offices} will be asked, and have {hours} hours to answer. The text then stands.",
            len(offices),
            offices=tr(" and ").join(offices),
            hours=hours,
        )
        if offices
        else tr("Nobody is asked about this kind of order; its text then stands.")
    )
    # Once it is sent its text stands: what it lacks is told before.
    lacks(shown, draft)
    may = shown.rights is not None and shown.rights.drafts
    st.button(
        tr("Send to consultation"),
        key="consult-send",
        type="primary",
        disabled=not may,
        help=None if may else tr("Your role may not move this draft."),
        on_click=act,
        args=(
            lambda: shown.desk.send(draft.draft_id, draft.version),
            tr("The draft is in consultation."),
        ),
        kwargs={"step": "consult"},
    )


def _office(shown: Shown, draft: Draft, one: Consultation) -> None:
    now = shown.desk.now()
    with st.container(border=True, key=f"office-{one.office}"):
        st.html(f'<h3 class="sm-office">{escape(office_word(one.office))}</h3>')
        say(_standing(one, now))
        if one.answered_at is not None:
            say(_answered(one))
        is_asked = draft.state is OrderState.IN_CONSULTATION
        if is_asked and shown.rights is not None and one.office in shown.rights.offices:
            _answer_form(shown, draft, one)
        elif is_asked and one.answered_at is None:
            st.caption(tr("Who answers for {office} does so here.", office=office_word(one.office)))


def _standing(one: Consultation, now: datetime) -> str:
    said = tr(
        "Asked by {who} on {when} about version {version}; answer by {until}.",
        who=one.asked_by,
        when=moment(one.asked_at),
        version=one.version,
        until=moment(one.answer_by),
    )
    left = (one.answer_by - now).total_seconds() / SECONDS_AN_HOUR
    clock = clock_word(float("nan") if one.answered_at is not None else left)
    return tr("{clock}. {said}", clock=clock, said=said)


def _answered(one: Consultation) -> str:
    assert one.answered_at is not None
    said = tr(
        "{office} {answer}; written down by {who} on {when}.",
        office=office_word(one.office),
        answer=answer_word(Answer(one.answer)),
        who=one.by,
        when=moment(one.answered_at),
    )
    if one.reference and one.held_on is not None:
        said = tr(
            "{said} Letter {reference} of {day}.",
            said=said,
            reference=one.reference,
            day=day(one.held_on),
        )
    return tr("{said} “{note}”", said=said, note=one.note) if one.note else said


def _answer_form(shown: Shown, draft: Draft, one: Consultation) -> None:
    keys = [f"answer-{part}-{one.office}" for part in ("said", "note", "reference", "day")]
    st.radio(
        tr("Answer of {office}", office=office_word(one.office)),
        [Answer.AGREES, Answer.OBJECTS, Answer.REMARKS],
        format_func=answer_word,
        horizontal=True,
        key=keys[0],
    )
    st.text_area(tr("In words"), key=keys[1], height=80)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(tr("Number of the letter, if it came by one"), key=keys[2])
        st.date_input(
            tr("Consulted on"),
            value=today_ist(shown.desk.now()),
            max_value=today_ist(shown.desk.now()),
            format="DD/MM/YYYY",
            key=keys[3],
        )
        st.button(
            tr("Write down the answer"),
            key=f"answer-{one.office}",
            on_click=_answer,
            args=(shown, draft, one.office, tuple(keys)),
        )


def _answer(shown: Shown, draft: Draft, office: str, keys: tuple[str, ...]) -> None:
    said, note, reference, held_on = (st.session_state[key] for key in keys)

    def answer() -> None:
        shown.desk.answer(draft.draft_id, office, str(said), note, reference, held_on)
        start_over(keys)

    act(answer, tr("The answer of {office} is written down.", office=office_word(office)))


def _give_back(shown: Shown, draft: Draft) -> None:
    if shown.rights is None or not shown.rights.drafts:
        return
    with st.expander(tr("Give it back to be changed")):
        st.caption(
            tr(
                "Now: {state}. Given back it is a draft again, and the offices are asked anew.",
                state=state_label(draft.state),
            )
        )
        st.text_input(tr("Why"), key=GIVE_BACK)
        st.button(tr("Give it back"), key="consult-back", on_click=_back, args=(shown, draft))


def _back(shown: Shown, draft: Draft) -> None:
    note = str(st.session_state.get(GIVE_BACK, ""))

    def back() -> None:
        shown.desk.give_back(draft.draft_id, draft.version, note)
        start_over((GIVE_BACK,))

    act(back, tr("It is a draft again."), step="review")
