"""Who may put the name under an order: one person, in a post that fits, on the days that count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zoning.access import (
    Action,
    Holding,
    Officer,
    Posting,
    Role,
    action_words,
    allowed,
    is_statewide,
    role_word,
    roles_with,
)
from zoning.access.postings import SHARED
from zoning.access.standing import Standing
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day

_SEPARATED = re.compile(r"\s*(?:[;\n/&]|\band\b|\bও\b)\s*")
_AS_ACTOR = re.compile(r"^.+ \((?P<person>[^,()]+), [a-z_]+\)$")


@dataclass(frozen=True)
class Roster:
    """The officers and postings that are known, ended and coming ones too.

    Attributes
    ----------
    officers : Mapping of str to Officer
        By person.
    postings : tuple of Posting
        Every one of them.
    """

    officers: Mapping[str, Officer]
    postings: tuple[Posting, ...]


@dataclass(frozen=True)
class Jurisdiction:
    """Where an order holds, for asking whether a post reaches there.

    Attributes
    ----------
    unit_id : str
        Unit that answers for it; empty for the whole state.
    name : str
        Of that unit.
    areas : Mapping of str to frozenset of str
        Units below each unit that is the area of a posting, itself included.
    self_delineating : frozenset of str
        Units where a corporation's Commissioner delineates.
    names : Mapping of str to str
        Units of all levels by code.
    """

    unit_id: str
    name: str
    areas: Mapping[str, frozenset[str]]
    self_delineating: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)

    def is_reached(self, posting: Posting, action: Action, subject: str) -> bool:
        """Return whether a posting may do something here, whenever it is held."""
        area = None
        if not is_statewide(posting.role):
            area = self.areas.get(posting.area_unit_id, frozenset())
        own = frozenset() if area is None else area & self.self_delineating
        held = Standing((Holding(posting.role, area, posting.subject, own),))
        return allowed(held, action, self.unit_id or None, subject)


def named(signatory: str, roster: Roster) -> tuple[Officer, ...]:
    """Return the officers that a text names, by number or by name."""
    text = signatory.strip()
    as_actor = _AS_ACTOR.match(text)
    person = as_actor["person"].strip() if as_actor else text
    if person in roster.officers:
        return (roster.officers[person],)
    return tuple(o for o in roster.officers.values() if o.name.casefold() == text.casefold())


def signing_post(
    signatory: str, roster: Roster, where: Jurisdiction, action: Action, subject: str, on: date
) -> Posting | None:
    """Return the posting by which a person signs on a day; None where there is none."""
    officers = named(signatory, roster)
    if len(officers) != 1:
        return None
    fitting = _fitting(officers[0], roster, where, action, subject)
    return next((posting for posting in fitting if posting.holds_on(on)), None)


def signatory_faults(
    signatory: str,
    roster: Roster,
    where: Jurisdiction,
    action: Action,
    subject: str,
    days: tuple[date, ...],
) -> Iterator[str]:
    """Give what stands against a person's signature, a sentence each.

    Parameters
    ----------
    signatory : str
        Number or name of a person of the roster; where that is empty the name typed counts.
    roster : Roster
        Who holds what.
    where : Jurisdiction
        Where the order holds.
    action : Action
        What the signature does.
    subject : str
        One of `access.SUBJECTS`.
    days : tuple of date
        Days on which the post must be held: of the signature, and on which it takes effect.
    """
    if not signatory.strip():
        yield tr("Nobody is named to sign the order.")
        return
    officers = named(signatory, roster)
    if not officers and len([name for name in _SEPARATED.split(signatory) if name.strip()]) > 1:
        yield tr(
            "“{text}” names more than one person, and an order has one signatory; name the one "
            "who signs.",
            text=signatory.strip(),
        )
        return
    if not roster.postings:
        return
    if not officers:
        yield tr(
            "{name} isn't on the roster and can't sign; name an officer of the roster, by number "
            "or by name.",
            name=signatory.strip(),
        )
        return
    if len(officers) > 1:
        yield tr(
            "Two officers of the roster are called {name} ({persons}), and an order has one "
            "signatory; name the one who signs by number.",
            name=officers[0].name,
            persons=", ".join(officer.person_id for officer in officers),
        )
        return
    yield from _post_faults(officers[0], roster, where, action, subject, days)


def _post_faults(
    officer: Officer,
    roster: Roster,
    where: Jurisdiction,
    action: Action,
    subject: str,
    days: tuple[date, ...],
) -> Iterator[str]:
    fitting = _fitting(officer, roster, where, action, subject)
    if not fitting:
        yield tr(
            "{name} holds no office that may {deed} in {area} and can't sign; these may who are "
            "posted there: {able}.",
            name=officer.name,
            deed=action_words(action),
            area=where.name or tr("the whole state"),
            able=", ".join(role_word(r) for r in roles_with(action) if r is not Role.LOCAL),
        )
        return
    for on in dict.fromkeys(days):
        held = [posting for posting in fitting if posting.holds_on(on)]
        if not held:
            yield _not_held(officer, fitting, on)
            return
        beside = _held_beside(held[0], roster, on)
        if beside is not None:
            yield tr(
                "On {day} {name} and {other} hold the office of {office} at once, and an order "
                "has one signatory: let the one who acts in the other's place sign, or end one "
                "of the two postings.",
                day=day(on),
                name=officer.name,
                other=_name(beside, roster),
                office=role_word(held[0].role),
            )
            return


def _fitting(
    officer: Officer, roster: Roster, where: Jurisdiction, action: Action, subject: str
) -> list[Posting]:
    return [
        posting
        for posting in roster.postings
        if posting.person_id == officer.person_id and where.is_reached(posting, action, subject)
    ]


def _not_held(officer: Officer, fitting: list[Posting], on: date) -> str:
    ended = [p for p in fitting if p.to_on is not None and p.to_on < on]
    if ended:
        last = max(ended, key=lambda p: p.to_on or p.from_on)
        assert last.to_on is not None
        return tr(
            "{name} holds the office of {office} until {last} and can't sign an order for {day}; "
            "name the successor.",
            name=officer.name,
            office=role_word(last.role),
            last=day(last.to_on),
            day=day(on),
        )
    first = min(fitting, key=lambda p: p.from_on)
    return tr(
        "{name} holds the office of {office} only from {first} on and can't sign on {day} yet; "
        "name who holds it then.",
        name=officer.name,
        office=role_word(first.role),
        first=day(first.from_on),
        day=day(on),
    )


def _held_beside(own: Posting, roster: Roster, on: date) -> Posting | None:
    """Return who holds the same post on a day and comes before: whoever acts for the appointed."""
    if own.role in SHARED:
        return None
    for other in roster.postings:
        is_another = other.person_id != own.person_id and other.post == own.post
        if is_another and other.holds_on(on) and (other.is_acting or not own.is_acting):
            return other
    return None


def _name(posting: Posting, roster: Roster) -> str:
    officer = roster.officers.get(posting.person_id)
    return posting.person_id if officer is None else officer.name
