"""Where each booth stands on its way out of A, in one sentence for an officer.

These sentences hold counts of days and of contacts. They are for officers: the public
is told the day that the order printed, and nothing else.
"""

from __future__ import annotations

from datetime import date

import numpy as np

from zoning.i18n import forms
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.denotification import Denotification, OrderedBooths
from zoning.judgement.denotification_rule import DenotificationRule
from zoning.model import Texts
from zoning.surveillance.follow_up import FollowUp


def denotification_sentences(
    state: Denotification, booths: OrderedBooths, register: FollowUp, rule: DenotificationRule
) -> Texts:
    """Return one sentence for each booth, shape (n,).

    Parameters
    ----------
    state : Denotification
        What `denotification` returned.
    booths, register, rule : OrderedBooths, FollowUp, DenotificationRule
        What it was given.
    """
    sentences = np.empty(len(state.due_on), dtype=object)
    for booth in range(len(sentences)):
        reasons = tr("; ").join(_reasons(booth, state, booths, register, rule))
        if state.is_due[booth]:
            sentences[booth] = _due(booth, state)
        elif state.is_blocked[booth]:
            sentences[booth] = _blocked(booth, state, reasons)
        else:
            sentences[booth] = _counting(booth, state, booths, rule, reasons)
    return sentences


def _due(booth: int, state: Denotification) -> str:
    since = forms.day(_day(state.due_since[booth]))
    late = int(state.overdue_days[booth])
    if not state.is_overdue[booth]:
        return tr("De-notification is due since {day}.", day=since)
    return tr_n(
        "De-notification is due since {day} and {n} day late: escalated.",
        "De-notification is due since {day} and {n} days late: escalated.",
        late,
        day=since,
    )


def _blocked(booth: int, state: Denotification, reasons: str) -> str:
    n = int(state.blocked_days[booth])
    due = forms.day(_day(state.due_on[booth]))
    if state.is_escalated[booth]:
        return tr_n(
            "Its day was {due}, but de-notification is blocked for {n} day and goes to the "
            "District Magistrate: {reasons}.",
            "Its day was {due}, but de-notification is blocked for {n} days and goes to the "
            "District Magistrate: {reasons}.",
            n,
            due=due,
            reasons=reasons,
        )
    return tr(
        "Its day was {due}, but de-notification is blocked: {reasons}.", due=due, reasons=reasons
    )


def _counting(
    booth: int,
    state: Denotification,
    booths: OrderedBooths,
    rule: DenotificationRule,
    reasons: str,
) -> str:
    due = forms.day(_day(state.due_on[booth]))
    if np.isnan(state.days_without_case[booth]):
        return tr(
            "No day counts yet, due on {due} at the earliest; to be settled by then: {reasons}.",
            due=due,
            reasons=reasons,
        )
    days = int(state.days_without_case[booth])
    through = forms.day(_day(booths.reported_through[booth]))
    if reasons:
        return tr(
            "{days} of {needed} days without a case, reports complete through {through}; due on "
            "{due} at the earliest; to be settled by then: {reasons}.",
            days=days,
            needed=rule.days_without_case,
            through=through,
            due=due,
            reasons=reasons,
        )
    return tr(
        "{days} of {needed} days without a case, reports complete through {through}; due on "
        "{due} at the earliest.",
        days=days,
        needed=rule.days_without_case,
        through=through,
        due=due,
    )


def _reasons(
    booth: int,
    state: Denotification,
    booths: OrderedBooths,
    register: FollowUp,
    rule: DenotificationRule,
) -> list[str]:
    zone = state.zone_position[booth]
    reasons = []
    if state.blocks.is_feed_silent[booth]:
        told = booths.reported_through[booth]
        reasons.append(
            tr("a feed never reported")
            if np.isnat(told)
            else tr("no report since {day}", day=forms.day(_day(told)))
        )
    if state.blocks.has_pending_samples[booth]:
        reasons.append(
            tr_n(
                "{n} sample without a result",
                "{n} samples without a result",
                int(register.pending_samples[zone]),
            )
        )
    if state.blocks.is_house_round_short[booth]:
        percent = float(register.house_round_percent[zone])
        needed = forms.figure(rule.house_round_min_percent)
        reasons.append(
            tr_n(
                "part of the zone without a house round within {n} day",
                "part of the zone without a house round within {n} days",
                rule.follow_up.house_round_within_days,
            )
            if np.isnan(percent)
            else tr(
                "{percent} % of the houses visited, {needed} % needed",
                percent=forms.figure(percent),
                needed=needed,
            )
        )
    if state.blocks.has_open_contacts[booth]:
        reasons.append(
            tr_n(
                "{n} contact still to be followed",
                "{n} contacts still to be followed",
                int(register.open_contacts[zone]),
            )
        )
    return reasons


def _day(value: np.datetime64) -> date:
    day: date = value.astype("datetime64[D]").item()
    return day
