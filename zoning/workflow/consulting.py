"""Offices are asked about a draft, and answer; the clock runs from the moment of asking."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action, Role
from zoning.errors import AccessError, OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.procedure import Office, procedure
from zoning.orders.state import OrderState, state_label
from zoning.orders.steps import Answer, office_word, refuse_answer
from zoning.store import audit
from zoning.store.consultations import (
    Consultation,
    NewAnswer,
    add_answer,
    ask_offices,
    consultations_of,
    latest_round,
)
from zoning.store.engine import Store
from zoning.workflow.actor import Who, name_of, require, standing_of
from zoning.workflow.draft import Draft, found
from zoning.workflow.kind_rights import CONTAINMENT

__all__ = ["Answer", "Consultation", "answer", "ask", "consultations", "may_answer", "round_of"]


def ask(session: Session, draft: Draft, at: datetime, who: str) -> None:
    """Ask the offices of its kind about the version of a draft that was just written."""
    how = draft.procedure
    offices = tuple(office.office for office in how.offices)
    until = at + how.answer_within
    ask_offices(session, draft.draft_id, draft.version, offices, until, at=at, who=who)


def answer(
    store: Store,
    draft_id: int,
    office: str,
    answer: str,
    note: str,
    reference: str,
    held_on: date,
    at: datetime,
    who: Who,
) -> None:
    """Write what an office says to a draft; its newest answer counts.

    Parameters
    ----------
    store : Store
        The database.
    draft_id : int
        The draft.
    office : str
        Such as `home`, `police` or `health`.
    answer : str
        `agrees`, `objects` or `remarks`.
    note : str
        In words; needed for an objection or remarks.
    reference : str
        Number of the letter; needed where who drafts enters what came on paper.
    held_on : date
        Day of the consultation.
    at : datetime
        The present, UTC.
    who : str or Actor
        By whom.

    Raises
    ------
    OrderError
        If the draft isn't in consultation, the office wasn't asked, or something is missing.
    AccessError
        If it isn't theirs to answer for the office.
    """
    if answer not in tuple(Answer):
        raise OrderError(
            tr(
                "{answer} is no answer; choose one of {known}.",
                answer=answer,
                known=", ".join(known for known in Answer if known),
            )
        )
    with store.transaction() as session:
        draft = found(session, draft_id, who, at, is_locked=True)
        if draft.state is not OrderState.IN_CONSULTATION:
            raise OrderError(
                tr(
                    "{name} is {state}, so nobody is being asked about it; it is sent to "
                    "consultation first.",
                    name=draft.name,
                    state=state_label(draft.state),
                )
            )
        asked = {one.office: one for one in round_of(session, draft)}
        if office not in asked:
            raise OrderError(
                tr(
                    "{office} isn't asked about this draft; these are: {known}.",
                    office=office_word(office),
                    known=", ".join(asked),
                )
            )
        by = _require_office(who, draft, procedure().office(office), reference)
        refuse_answer(Answer(answer), note, held_on, clock.today_ist(at))
        new = NewAnswer(Answer(answer), note.strip(), reference.strip(), held_on)
        add_answer(session, asked[office].consultation_id, new, at=at, who=by)
        detail = {"office": office, "answer": answer, "version": asked[office].version}
        subject = f"drafts/{draft_id}"
        audit.append(session, audit.AuditEntry(at, by, "consultation.answer", subject, detail))


def consultations(store: Store, draft_id: int, who: Who, at: datetime) -> tuple[Consultation, ...]:
    """Return the offices asked last about a draft, with their answers.

    Raises
    ------
    AccessError
        If there is no such draft that they may see.
    """
    with store.reading() as session:
        return round_of(session, found(session, draft_id, who, at))


def round_of(session: Session, draft: Draft) -> tuple[Consultation, ...]:
    """Return the offices asked last about a draft; none while it is being written."""
    if draft.state is OrderState.DRAFT:
        return ()
    return latest_round(consultations_of(session, (draft.draft_id,)))


def may_answer(who: Who, draft: Draft, office: str) -> bool:
    """Return whether somebody answers for an office about a draft, or enters its letter."""
    known = procedure().office(office)
    return _answers_for(who, draft, known) or (known.is_entered_by_drafter and _drafts(who, draft))


def _require_office(who: Who, draft: Draft, office: Office, reference: str) -> str:
    if _answers_for(who, draft, office):
        return name_of(who)
    if not (office.is_entered_by_drafter and _drafts(who, draft)):
        by = require(who, Action.CONSULT, draft.area_unit_id or None, CONTAINMENT)
        raise AccessError(
            tr("{who} doesn't answer for {office}.", who=by, office=office_word(office.office))
        )
    if not reference.strip():
        raise OrderError(
            tr(
                "Whoever enters the answer of {office} gives the number of its letter.",
                office=office_word(office.office),
            )
        )
    return name_of(who)


def _answers_for(who: Who, draft: Draft, office: Office) -> bool:
    area = draft.area_unit_id
    return any(
        holding.role in (*office.roles, Role.LOCAL)
        and holding.grants(Action.CONSULT, CONTAINMENT)
        and (holding.area is None or (area and holding.reaches(Action.CONSULT, area)))
        for holding in standing_of(who).holdings
    )


def _drafts(who: Who, draft: Draft) -> bool:
    area = draft.area_unit_id
    action = draft.procedure.drafts
    return any(
        holding.grants(action, CONTAINMENT)
        and (holding.area is None or (area and holding.reaches(action, area)))
        for holding in standing_of(who).holdings
    )
