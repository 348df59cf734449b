"""The persons before a screen: who signed in, which posts they hold, in whose part they act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zoning import clock
from zoning.access import Role
from zoning.clock import Clock
from zoning.model import Level
from zoning.settings import Settings
from zoning.store.engine import Store
from zoning.workflow.actor import Actor, local_user
from zoning.workflow.places import units_in_force
from zoning.workflow.postings import SignedIn, find_officer, local_actor, officer_actor

AREA_LEVELS = (
    *(Level.DISTRICT, Level.SUBDIVISION, Level.CORPORATION, Level.MUNICIPALITY),
    *(Level.BLOCK, Level.BOROUGH, Level.WARD, Level.GRAM_PANCHAYAT),
)
"""Kinds of unit that somebody may answer for, the largest first."""


@dataclass(frozen=True)
class Persons:
    """Who may act on one store.

    Attributes
    ----------
    open_store : callable
        Opens the database, once it is needed.
    settings : Settings
        Tell whether people sign in.
    clock : Clock
        The present.
    """

    open_store: Callable[[], Store]
    settings: Settings
    clock: Clock = clock.now

    @property
    def has_sign_in(self) -> bool:
        """Return whether people sign in; else the person at this machine chooses a role."""
        return self.settings.has_sign_in

    def signed_in(self, email: str) -> SignedIn | None:
        """Return the officer of a verified address; None if the roster hasn't it."""
        return find_officer(self.open_store(), email, self.clock())

    def acting(self, signed_in: SignedIn, posting_id: int | None) -> Actor:
        """Return an officer in one of the posts held.

        Raises
        ------
        AccessError
            If no post is held today, or not this one.
        """
        store = self.open_store()
        return officer_actor(store, self.settings, signed_in, posting_id, self.clock())

    def local(self, role: Role, area_unit_id: str) -> Actor:
        """Return the person at this machine in the part of a role.

        Raises
        ------
        AccessError
            If the role needs an area and none is chosen.
        """
        if role is Role.LOCAL:
            return Actor(local_user())
        return local_actor(self.open_store(), self.settings, role, area_unit_id, self.clock())

    def areas(self, levels: tuple[str, ...]) -> dict[str, str]:
        """Return the units that a role can answer for, by code, those of the largest kind first.

        Parameters
        ----------
        levels : tuple of str
            Kinds that fit the role; empty for any.
        """
        with self.open_store().reading() as session:
            present = units_in_force(session, self.clock())
        if present is None:
            return {}
        units = present[1]
        rank = {level.value: place for place, level in enumerate(AREA_LEVELS)}
        rows = [
            (rank[level], str(name) or str(code), str(code))
            for code, name, level in zip(
                units.unit_id, units.name, units.level.astype(str), strict=True
            )
            if level in rank and (not levels or level in levels)
        ]
        return {code: name for _, name, code in sorted(rows)}
