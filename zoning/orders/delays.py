"""What is passed on when it wasn't done in time."""

from __future__ import annotations

from enum import StrEnum

from zoning.i18n.catalogue import tr


class Delay(StrEnum):
    """What wasn't done."""

    SEALING = "sealing_undecided"
    CONSULTATION = "consultation_unanswered"
    REQUEST = "request_unanswered"
    REVIEW = "review_due"
    WITHDRAWAL_REVIEW = "withdrawal_review_due"


def delay_sentence(delay: str, matter: str) -> str:
    """Return what is late, in a sentence."""
    return {
        Delay.SEALING: tr("The provisional sealing {matter} ended without a decision."),
        Delay.CONSULTATION: tr("The consultation {matter} wasn't answered in time."),
        Delay.REQUEST: tr("The request {matter} to a neighbour wasn't answered in time."),
        Delay.REVIEW: tr("The review of order {matter} is due."),
        Delay.WITHDRAWAL_REVIEW: tr("The review of withdrawal {matter} is due; it still stands."),
    }[Delay(delay)].format(matter=matter)
