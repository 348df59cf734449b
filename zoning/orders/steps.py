"""What stands against a step of a draft: pure refusals, a sentence each with its way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftContent
from zoning.orders.state import OrderState, state_label


class Step(StrEnum):
    """What is done with a draft; each writes its next version."""

    START = "start"
    SAVE = "save"
    SEND = "send"
    GIVE_BACK = "give_back"
    APPROVE = "approve"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"


class Answer(StrEnum):
    """What an office answers; `NONE` while it hasn't."""

    NONE = ""
    AGREES = "agrees"
    OBJECTS = "objects"
    REMARKS = "remarks"


@dataclass(frozen=True)
class Asked:
    """An office that was asked, and what it answered."""

    office: str
    answer: Answer
    answer_by: datetime


def step_word(step: Step) -> str:
    """Return what was done, as after "by X, who"."""
    return {
        Step.START: tr("started it"),
        Step.SAVE: tr("saved it"),
        Step.SEND: tr("sent it to consultation"),
        Step.GIVE_BACK: tr("gave it back"),
        Step.APPROVE: tr("approved it"),
        Step.PUBLISH: tr("published it"),
        Step.WITHDRAW: tr("withdrew it"),
        Step.SUPERSEDE: tr("superseded it"),
    }[step]


def office_word(office: str) -> str:
    """Return the name of an office that is consulted."""
    return {"home": tr("Home"), "police": tr("Police"), "health": tr("Health")}.get(office, office)


def answer_word(answer: Answer) -> str:
    """Return what an office answered."""
    return {
        Answer.NONE: tr("no answer yet"),
        Answer.AGREES: tr("agrees"),
        Answer.OBJECTS: tr("objects"),
        Answer.REMARKS: tr("has remarks"),
    }[answer]


def refuse_stale(given: int, latest: int, by: str, at: datetime, step: Step) -> None:
    """Refuse a step on a version that isn't the latest any more.

    Raises
    ------
    OrderError
        Naming who changed it, and when.
    """
    if given == latest:
        return
    if given > latest:
        raise OrderError(
            tr(
                "The draft has no version {given}; its latest is {latest}.",
                given=given,
                latest=latest,
            )
        )
    raise OrderError(
        tr(
            "Since version {given} of the draft {who} {step} on {at}: look at version {latest} "
            "and do yours again.",
            given=given,
            who=by,
            step=step_word(step),
            at=forms.moment(at),
            latest=latest,
        )
    )


def refuse_unsaveable(state: OrderState) -> None:
    """Refuse to change the content of what isn't a draft any more.

    Raises
    ------
    OrderError
        Saying how it becomes one again.
    """
    if state is OrderState.DRAFT:
        return
    if state in (OrderState.IN_CONSULTATION, OrderState.APPROVED):
        raise OrderError(
            tr(
                "The draft is {state}, so its text stands; give it back first, and the offices "
                "are asked anew.",
                state=state_label(state),
            )
        )
    raise OrderError(
        tr("The draft is {state} and stays as it is; start a new one.", state=state_label(state))
    )


def refuse_no_note(note: str) -> None:
    """Refuse a step that needs a reason and has none.

    Raises
    ------
    OrderError
        Saying so.
    """
    if not note.strip():
        raise OrderError(tr("This step needs a note that says why; write it down."))


def refuse_unanswered(asked: Iterable[Asked], note: str) -> None:
    """Refuse an approval before all offices answered, or past an objection without a note.

    Raises
    ------
    OrderError
        Naming the office.
    """
    told = tuple(asked)
    for one in told:
        if one.answer is Answer.NONE:
            raise OrderError(
                tr(
                    "{office} hasn't answered the consultation yet and has until {until}; wait "
                    "for the answer, or give the draft back.",
                    office=office_word(one.office),
                    until=forms.moment(one.answer_by),
                )
            )
    for one in told:
        if one.answer is Answer.OBJECTS and not note.strip():
            raise OrderError(
                tr(
                    "{office} objects; whoever approves all the same says why in a note.",
                    office=office_word(one.office),
                )
            )


def refuse_answer(answer: Answer, note: str, held_on: date, today: date) -> None:
    """Refuse an answer that says nothing, or of a consultation that is yet to come.

    Raises
    ------
    OrderError
        Saying what is missing.
    """
    if answer is Answer.NONE:
        raise OrderError(tr("Say whether the office agrees, objects or has remarks."))
    if answer is not Answer.AGREES and not note.strip():
        raise OrderError(tr("An objection or a remark needs words; write them into the note."))
    if held_on > today:
        raise OrderError(
            tr(
                "The consultation can't have been held on {day}, which is yet to come; today is "
                "{today}.",
                day=forms.day(held_on),
                today=forms.day(today),
            )
        )


def lacks(content: DraftContent, at: datetime) -> Iterator[str]:
    """Yield what a content lacks before it may be approved or published, a sentence each.

    Parameters
    ----------
    content : DraftContent
        What the draft says.
    at : datetime
        The present, with offset: an order takes effect now or later.
    """
    if not content.number.strip():
        yield tr("The draft has no number; give it one.")
    if not content.title.strip():
        yield tr("The draft has no subject; write what it is about.")
    if not content.act.strip():
        yield tr("The draft names no act under which the order is made; name it.")
    if not content.reason.strip():
        yield tr("The draft gives no reason; write it down.")
    if not content.signatory.strip():
        yield tr("Nobody is named to sign the draft; name who does.")
    if content.number and content.number in content.supersedes:
        yield tr("Order {number} can't supersede itself; take it out.", number=content.number)
    yield from _moments(content, at)


def _moments(content: DraftContent, at: datetime) -> Iterator[str]:
    begins = content.effective_at or at
    if begins < at:
        yield tr(
            "The order would take effect in the past, on {moment}; give now or later.",
            moment=forms.moment(begins),
        )
    if content.expires_at is not None and content.expires_at <= begins:
        yield tr(
            "The order would expire on {expiry}, not after it takes effect; give a later expiry.",
            expiry=forms.moment(content.expires_at),
        )
    if content.review_at is None:
        return
    if content.review_at <= begins:
        yield tr(
            "The order would be reviewed on {review}, not after it takes effect; give a later day.",
            review=forms.moment(content.review_at),
        )
    if content.expires_at is not None and content.review_at > content.expires_at:
        yield tr(
            "The order would be reviewed on {review}, after it has expired; give an earlier day.",
            review=forms.moment(content.review_at),
        )
