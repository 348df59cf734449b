"""An answer in words: one sentence, its conditions, and why nothing answers."""

from __future__ import annotations

from datetime import date

from zoning.clock import today_ist
from zoning.i18n.catalogue import marked, tr, tr_n
from zoning.i18n.forms import day, figure, moment, number
from zoning.measures.conditions import Distance, Hours, Persons, Requirement, Seats, Strength
from zoning.measures.question import Answer, Answered, Asked, Silence, Withdrawn
from zoning.model import Category, Zone

# What a headcount counts; a memo's file names one of these keys.
HEADS = {
    "guests": marked("at most {n} guests"),
    "people": marked("at most {n} people"),
    "customers": marked("at most {n} persons at one time"),
    "passengers_of_a_taxi": marked("at most {n} passengers in each taxi or cab"),
    "spectators": marked("no more than {n} spectators"),
}
_CATEGORIES = {
    Category.AFFECTED: marked("Category A (affected area)"),
    Category.BUFFER: marked("Category B (buffer area)"),
    Category.CLEAN: marked("Category C (clean area)"),
}
_ZONES = {
    Zone.RED: marked("a red zone without a category"),
    Zone.ORANGE: marked("an orange zone without a category"),
    Zone.GREEN: marked("a green zone"),
    Zone.UNCLASSIFIED: marked("an unclassified place without a category"),
}


def condition_phrase(asked: Asked, seats: int | None = None) -> str:
    """Return a condition as a part of a sentence, such as "at most 30 passengers ..."."""
    condition = asked.condition
    if isinstance(condition, Persons):
        if condition.at_most == 0 and condition.of == "spectators":
            return tr("no spectators")
        return tr(HEADS[condition.of], n=number(condition.at_most))
    if isinstance(condition, Seats):
        return _seats(condition, asked.at_most, seats)
    if isinstance(condition, Strength):
        return _strength(condition)
    if isinstance(condition, Distance):
        return tr("at least {feet} feet between persons", feet=figure(condition.feet))
    if isinstance(condition, Hours):
        return tr(
            "from {begin} to {end} movement of people and of non-essential items is restricted; "
            "essential goods, farm produce among them, move freely",
            begin=f"{condition.begin:%H:%M}",
            end=f"{condition.end:%H:%M}",
        )
    return _words(condition)


def _seats(condition: Seats, at_most: int | None, seats: int | None) -> str:
    if at_most is not None and seats is not None:
        return tr(
            "at most {n} passengers in a bus of {seats} seats",
            n=number(at_most),
            seats=number(seats),
        )
    return tr(
        "at most {n} passengers in each bus, or {percent} % of its seats if that is more",
        n=number(condition.at_least),
        percent=figure(condition.percent),
    )


def _strength(condition: Strength) -> str:
    if condition.is_alternating:
        return tr(
            "at most {percent} % of the normal strength, alternating each day",
            percent=figure(condition.percent),
        )
    return tr("at most {percent} % of the normal strength", percent=figure(condition.percent))


def _words(condition: Requirement) -> str:
    return condition.words


def place_phrase(answer: Answer) -> str:
    """Return the place asked for, such as "Category B (buffer area)"."""
    question = answer.question
    if question.category is not None:
        return tr(_CATEGORIES[question.category])
    if question.zone is not None:
        return tr(_ZONES[question.zone])
    return tr("a place without a category")


def phrases(answer: Answer) -> tuple[str, ...]:
    """Return the conditions of an answer as parts of a sentence."""
    seats = answer.question.planned.seats
    return tuple(condition_phrase(asked, seats) for asked in answer.conditions)


def sentence(answer: Answer) -> str:
    """Return the answer in one sentence: what, where, when, on which conditions or by what."""
    if answer.silence is not None:
        return _silence(answer)
    values = {
        "activity": answer.label,
        "place": place_phrase(answer),
        "when": moment(answer.question.at),
        "sections": tr(", ").join(c.section for c in answer.clauses if c.is_deciding),
    }
    if answer.status is Answered.PROHIBITED:
        if answer.is_withdrawn:
            return _withdrawn(answer, values)
        if answer.exceeded:
            return _exceeded(answer, values)
        return tr("{activity}: prohibited in {place} on {when} ({sections}).", **values)
    if answer.status is Answered.CONDITIONAL:
        told = phrases(answer)
        return tr_n(
            "{activity}: allowed in {place} on {when} on one condition: {conditions} ({sections}).",
            "{activity}: allowed in {place} on {when} on {n} conditions: {conditions} "
            "({sections}).",
            len(told),
            conditions=tr("; ").join(told),
            **values,
        )
    if answer.is_duty:
        return tr("{activity}: ordered everywhere, on {when} too ({sections}).", **values)
    return tr("{activity}: allowed in {place} on {when} ({sections}).", **values)


def _withdrawn(answer: Answer, values: dict[str, str]) -> str:
    closing = [one for one in answer.withdrawals if not one.is_in_part]
    if not values["sections"]:
        return tr(
            "{activity}: prohibited in {place} on {when}: the relaxation is withdrawn by {numbers} "
            "until it is restored, to be reviewed by {review}.",
            **_of_withdrawal(closing),
            **values,
        )
    return tr(
        "{activity}: prohibited in {place} on {when}: the relaxation is withdrawn by {numbers} "
        "until it is restored, to be reviewed by {review} ({sections}).",
        **_of_withdrawal(closing),
        **values,
    )


def _of_withdrawal(closing: list[Withdrawn]) -> dict[str, str]:
    return {
        "numbers": tr(", ").join(one.number for one in closing),
        "review": day(today_ist(min(one.review_at for one in closing))),
    }


def _exceeded(answer: Answer, values: dict[str, str]) -> str:
    seats = answer.question.planned.seats
    limits = tr("; ").join(condition_phrase(asked, seats) for asked in answer.exceeded)
    sections = tr(", ").join(dict.fromkeys(asked.section for asked in answer.exceeded))
    return tr(
        "{activity}: prohibited as planned, in {place} on {when}: {limits} ({sections}).",
        limits=limits,
        **{**values, "sections": sections},
    )


def _silence(answer: Answer) -> str:
    orders = tr(", ").join(memo.number for memo in answer.memos)
    values = {"activity": answer.label, "orders": orders, "when": moment(answer.question.at)}
    if answer.silence is Silence.NOT_YET:
        first = min(memo.valid_from for memo in answer.memos)
        return tr(
            "{activity}: not addressed on {when}; {orders} comes into force on {day}.",
            day=day(first),
            **values,
        )
    if answer.silence is Silence.ENDED:
        return tr(
            "{activity}: not addressed on {when}; what {orders} says of it ended on {day}.",
            day=day(_last_day(answer)),
            **values,
        )
    if answer.silence is Silence.SUPERSEDED:
        return tr("{activity}: not addressed by {orders}, superseded by {when}.", **values)
    if answer.silence is Silence.ELSEWHERE:
        return tr("{activity}: not addressed; {orders} does not bind at this place.", **values)
    return tr("{activity}: not addressed by {orders} for this place on {when}.", **values)


def _last_day(answer: Answer) -> date:
    """Return the last day on which a clause spoke of the activity, before the moment asked."""
    asked_on = today_ist(answer.question.at)
    ends = [
        memo.clause(section).valid_to
        for memo in answer.memos
        for activity in memo.activities
        if activity.key == answer.question.activity
        for section in activity.sections
    ]
    past = [end for end in ends if end < asked_on]
    return max(past, default=max(memo.valid_to for memo in answer.memos))


def notes(answer: Answer) -> tuple[str, ...]:
    """Return sentences on what changes nothing: quantities not counted, withdrawals beside."""
    planned = answer.question.planned
    kinds = [asked.condition for asked in answer.conditions]
    told = [_beside(one) for one in answer.withdrawals if not answer.is_withdrawn or one.is_in_part]
    if planned.seats is not None and not any(isinstance(kind, Seats) for kind in kinds):
        told.append(tr("The seats change nothing: no clause that answers here counts them."))
    is_counted = any(
        asked.is_met is not None and isinstance(asked.condition, Persons | Seats)
        for asked in answer.conditions
    )
    if planned.persons is not None and not is_counted:
        told.append(
            tr("The persons planned change nothing: no clause that answers here counts them.")
        )
    has_strength = any(isinstance(kind, Strength) for kind in kinds)
    if planned.percent is not None and not has_strength:
        told.append(
            tr("The strength planned changes nothing: no clause that answers here limits it.")
        )
    return tuple(told)


def _beside(withdrawal: Withdrawn) -> str:
    if withdrawal.is_in_part:
        return tr(
            "A kind of it, {activity}, is withdrawn here by {number}.",
            activity=withdrawal.activity,
            number=withdrawal.number,
        )
    return tr(
        "Withdrawal {number} stands here as well, until it is restored.", number=withdrawal.number
    )
