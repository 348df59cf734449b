"""Words of the register of deviations: states, activities, units, offences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import moment, number
from zoning.measures.clauses import Activity
from zoning.measures.withdrawals import Scope, Withdrawal, is_review_due, stands
from zoning.orders.offences import offences
from zoning.workflow.deviation_register import DeviationState, Register


def state_word(state: DeviationState) -> str:
    """Return how far a deviation has come, with a sign beside the word."""
    return {
        DeviationState.RECORDED: tr("○ recorded"),
        DeviationState.WITHDRAWN: tr("✕ withdrawn"),
        DeviationState.REVIEW_DUE: tr("!! review due"),
        DeviationState.RESTORED: tr("✓ restored"),
    }[state]


def unit_word(code: str, names: Mapping[str, str]) -> str:
    """Return a unit by name and code."""
    name = names.get(code, "")
    return tr("{name} ({code})", name=name, code=code) if name else code


def activity_word(key: str, known: Mapping[str, Activity]) -> str:
    """Return an activity in a few words; an empty key is all that is permitted."""
    if not key:
        return tr("everything that is permitted there")
    return known[key].label if key in known else key


def activity_search(key: str, known: Mapping[str, Activity]) -> str:
    """Return an activity with the words by which it is searched, in any language."""
    found = known[key]
    return " · ".join(dict.fromkeys((found.label, *found.words)))


def offence_word(key: str) -> str:
    """Return an offence by its section and what it is."""
    for offence in offences():
        if offence.key == key:
            return tr("{cited}: {words}", cited=offence.cited, words=offence.words)
    return key


def summary(register: Register, at: datetime) -> str:
    """Return how the register stands, in one sentence."""
    due = sum(is_review_due(w, at) for w in register.reaching)
    if not register.listed and not register.reaching:
        return tr("No deviation is recorded in your area.")
    return tr_n(
        "{n} deviation is recorded; withdrawals that stand: {standing}, reviews due: {due}.",
        "{n} deviations are recorded; withdrawals that stand: {standing}, reviews due: {due}.",
        len(register.listed),
        standing=number(len(register.reaching)),
        due=number(due),
    )


def withdrawal_sentence(
    one: Withdrawal, at: datetime, names: Mapping[str, str], known: Mapping[str, Activity]
) -> str:
    """Return what a withdrawal closes, since when, and how it stands, in one sentence."""
    where = unit_word(one.unit_id, names)
    values = {
        "number": one.number,
        "activity": activity_word(one.activity, known),
        "where": where if one.scope is Scope.AREA else one.premises,
        "since": moment(one.effective_at),
        "reason": one.reason,
    }
    if one.restored is not None and not stands(one, at):
        return tr(
            "{number}: {activity}, closed in {where} on {since}, restored on {until}: {why}",
            until=moment(one.restored.effective_at),
            why=one.restored.reason,
            **values,
        )
    if is_review_due(one, at):
        return tr(
            "{number}: {activity}, closed in {where} since {since} ({reason}); !! its review was "
            "due by {review}, and it stands until it is restored.",
            review=moment(one.review_at),
            **values,
        )
    return tr(
        "{number}: {activity}, closed in {where} since {since} ({reason}); to be reviewed by "
        "{review}.",
        review=moment(one.review_at),
        **values,
    )
