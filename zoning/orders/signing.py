"""Who may sign an order: one person, who holds an office that signs it, on that day, there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from zoning.access import Officer, Posting, Role, role_word
from zoning.errors import OrderError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr

_BETWEEN = re.compile(r"\s*(?:[;,&/\n]|\band\b)\s*")


@dataclass(frozen=True)
class Signing:
    """Who signs, as printed, and in which post; no post where there is no roster."""

    name: str
    person_id: str = ""
    posting: Posting | None = None


def signing(
    signatory: str,
    officers: Mapping[str, Officer],
    postings: Iterable[Posting],
    roles: tuple[Role, ...],
    areas: Set[str],
    on: date,
) -> Signing:
    """Return who signs.

    Parameters
    ----------
    signatory : str
        Number of the person, or the name as in the roster.
    officers : Mapping of str to Officer
        The roster, by person.
    postings : iterable of Posting
        Of all persons, ended ones too.
    roles : tuple of Role
        Whose names stand under this kind of order.
    areas : set of str
        Where it holds, and every unit above that; only the empty code for the whole state.
    on : date
        Day of the signature.

    Raises
    ------
    OrderError
        If nobody or two are named, or the person isn't on the roster, or holds no office that
        signs there on that day. Where the roster knows no such office at all, as on a machine
        without one, one name is taken as it is.
    """
    text = signatory.strip()
    if not text:
        raise OrderError(tr("Nobody is named to sign the draft; name who does."))
    fitting = [p for p in postings if p.role in roles and p.area_unit_id in areas]
    person = _person(text, officers)
    if person is None:
        parts = [part for part in _BETWEEN.split(text) if part]
        if len(parts) > 1 and (";" in text or all(_person(p, officers) for p in parts)):
            raise OrderError(
                tr(
                    "Two are named to sign at once ({names}); an order has one signatory, name "
                    "one.",
                    names=", ".join(parts),
                )
            )
        if fitting:
            raise OrderError(
                tr(
                    "{name} isn't on the roster; name who signs as the roster does, or bring the "
                    "roster up to date.",
                    name=text,
                )
            )
        return Signing(text)
    own = [p for p in fitting if p.person_id == person.person_id]
    for posting in own:
        if posting.holds_on(on):
            return Signing(person.name, person.person_id, posting)
    raise OrderError(_why_not(person, own, roles, on))


def _person(text: str, officers: Mapping[str, Officer]) -> Officer | None:
    if text in officers:
        return officers[text]
    named = [o for o in officers.values() if o.name.casefold() == text.casefold()]
    if len(named) > 1:
        raise OrderError(
            tr(
                "{n} officers are called {name}; name who signs by the number of the person: "
                "{numbers}.",
                n=len(named),
                name=text,
                numbers=", ".join(sorted(o.person_id for o in named)),
            )
        )
    return named[0] if named else None


def _why_not(person: Officer, own: list[Posting], roles: tuple[Role, ...], on: date) -> str:
    ended = [p for p in own if p.to_on is not None and p.to_on < on]
    if ended:
        last = max(ended, key=lambda p: p.to_on or on)
        assert last.to_on is not None
        return tr(
            "{name} was {role} until {day} and can't sign any more; name who holds the post now.",
            name=person.name,
            role=role_word(last.role),
            day=forms.day(last.to_on),
        )
    if own:
        first = min(own, key=lambda p: p.from_on)
        return tr(
            "{name} is {role} from {day} on and can't sign yet; name who holds the post now.",
            name=person.name,
            role=role_word(first.role),
            day=forms.day(first.from_on),
        )
    return tr(
        "{name} holds no post there that signs this order; these do: {roles}.",
        name=person.name,
        roles=", ".join(role_word(role) for role in roles),
    )
