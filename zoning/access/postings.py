"""Officers and their postings: who holds which role, where, for what, from when to when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zoning.access.roles import Role, must_be_filled


@dataclass(frozen=True)
class Officer:
    """A person of the roster.

    Attributes
    ----------
    person_id : str
        Number of the service, the same through all postings.
    name : str
        For people.
    email : str
        By which a sign-in is recognised, in lower case.
    """

    person_id: str
    name: str
    email: str


@dataclass(frozen=True)
class Posting:
    """One role that a person holds.

    Attributes
    ----------
    person_id : str
        Who.
    role : Role
        As what.
    area_unit_id : str
        Unit with all that is below it; empty for the whole state.
    subject : str
        One of `SUBJECTS`; empty for all.
    from_on : date
        First day, in India.
    to_on : date or None
        Last day; None while open.
    is_acting : bool
        In the place of another, beside or until the one who is appointed.
    successor_of : str
        Person whose post this is the next holder of; empty where it is a new one.
    """

    person_id: str
    role: Role
    area_unit_id: str
    subject: str
    from_on: date
    to_on: date | None = None
    is_acting: bool = False
    successor_of: str = ""

    @property
    def post(self) -> tuple[Role, str, str]:
        """Return the post, whoever holds it."""
        return self.role, self.area_unit_id, self.subject

    def holds_on(self, day: date) -> bool:
        """Return whether it is held on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)

    def meets(self, other: Posting) -> bool:
        """Return whether both are held on some day."""
        return (self.to_on is None or other.from_on <= self.to_on) and (
            other.to_on is None or self.from_on <= other.to_on
        )


SHARED = (Role.DESK_OPERATOR, Role.OBSERVER, Role.STATE_HEALTH, Role.HOME)
"""Posts that several persons hold at a time: desks and departments."""


def held_on(postings: Iterable[Posting], day: date) -> tuple[Posting, ...]:
    """Return the postings held on a day, in their order."""
    return tuple(posting for posting in postings if posting.holds_on(day))


def overlapping(posting: Posting, others: Iterable[Posting]) -> Posting | None:
    """Return a posting that can't be held beside another on the same days, or None.

    A person holds a post once; two persons share only a desk or a department. Somebody who
    acts stands beside the one appointed, but not beside another who acts.
    """
    for other in others:
        if posting.post != other.post or not posting.meets(other):
            continue
        is_same_person = posting.person_id == other.person_id
        if is_same_person or (posting.role not in SHARED and posting.is_acting == other.is_acting):
            return other
    return None


def leaves_empty(posting: Posting, others: Iterable[Posting]) -> bool:
    """Return whether nobody holds a post that must be filled on the day after a posting's last."""
    if posting.to_on is None or not must_be_filled(posting.role):
        return False
    day = posting.to_on + timedelta(days=1)
    return not any(other.post == posting.post and other.holds_on(day) for other in others)
