"""The procedure of orders: offices to consult, hours to answer, to whom delays are passed on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from zoning.access import Action, Role
from zoning.orders.draft import DraftKind
from zoning.orders.zone_terms import Need


@dataclass(frozen=True)
class Office:
    """An office that is consulted.

    Attributes
    ----------
    office : str
        Its key, such as `police`.
    roles : tuple of Role
        Who answers for it.
    is_entered_by_drafter : bool
        Whether who drafts may enter an answer that came by letter.
    escalates_to : Role
        To whom it is passed on when it doesn't answer in time.
    """

    office: str
    roles: tuple[Role, ...]
    is_entered_by_drafter: bool
    escalates_to: Role


@dataclass(frozen=True)
class KindProcedure:
    """The way of one kind of order.

    Attributes
    ----------
    drafts, approves, publishes : Action
        What has to be granted for each step; who is granted the approval may sign.
    signs : tuple of Role
        Posts whose holders are offered to sign.
    offices : tuple of Office
        Who is consulted.
    answer_within : timedelta
        How long they have.
    refuses_without : frozenset of Need
        What a draft that closes booths isn't published without; of the rest it is only told.
    """

    drafts: Action
    approves: Action
    publishes: Action
    signs: tuple[Role, ...]
    offices: tuple[Office, ...]
    answer_within: timedelta
    refuses_without: frozenset[Need]


@dataclass(frozen=True)
class Procedure:
    """All of it; see `procedure.toml`.

    Attributes
    ----------
    kinds : dict of DraftKind to KindProcedure
        By kind of order.
    sealing_stands_for : timedelta
        How long a provisional sealing stands.
    neighbour_answers_within : timedelta
        How long a neighbouring authority has.
    sealing_escalates_to, neighbour_escalates_to, review_escalates_to : Role
        To whom it is passed on when nothing happened.
    """

    kinds: dict[DraftKind, KindProcedure]
    sealing_stands_for: timedelta
    neighbour_answers_within: timedelta
    sealing_escalates_to: Role
    neighbour_escalates_to: Role
    review_escalates_to: Role

    def office(self, key: str) -> Office:
        """Return an office by its key."""
        return next(o for kind in self.kinds.values() for o in kind.offices if o.office == key)


@cache
def procedure() -> Procedure:
    """Return the procedure in force."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    offices = {
        key: Office(
            key,
            tuple(Role(role) for role in told["roles"]),
            told.get("is_entered_by_drafter", False),
            Role(told["escalates_to"]),
        )
        for key, told in table["offices"].items()
    }
    return Procedure(
        kinds={
            kind: KindProcedure(
                Action(told["drafts"]),
                Action(told["approves"]),
                Action(told["publishes"]),
                tuple(Role(role) for role in told["signs"]),
                tuple(offices[key] for key in told["offices"]),
                timedelta(hours=told["answer_within_h"]),
                frozenset(Need(need) for need in told["refuses_without"]),
            )
            for kind in DraftKind
            for told in (table["kinds"][kind.value],)
        },
        sealing_stands_for=timedelta(hours=table["sealing"]["stands_for_h"]),
        neighbour_answers_within=timedelta(hours=table["neighbours"]["answer_within_h"]),
        sealing_escalates_to=Role(table["sealing"]["escalates_to"]),
        neighbour_escalates_to=Role(table["neighbours"]["escalates_to"]),
        review_escalates_to=Role(table["review"]["escalates_to"]),
    )
