"""What the ground in force is made of, told without making it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import shapely
from sqlalchemy.orm import Session

from zoning import clock
from zoning.judgement.policy import Policy
from zoning.model import IsolationUnits
from zoning.store.editions import BOOTH_LEVEL, Edition, edition_in_force
from zoning.store.imports import get_import
from zoning.store.isolation import read_isolation


@dataclass(frozen=True, eq=False)
class NamedGround:
    """The editions behind a ground.

    Attributes
    ----------
    identity : str
        Differs where the ground may.
    booths : Edition or None
        Of the booths; None where there are none.
    isolation : IsolationUnits or None
        What divides booths; None where the policy allows none.
    """

    identity: str
    booths: Edition | None
    isolation: IsolationUnits | None


def name_ground(session: Session, edition: Edition, at: datetime, policy: Policy) -> NamedGround:
    """Return what the ground of an edition is made of at a moment.

    Parameters
    ----------
    session : Session
        An open transaction.
    edition : Edition
        Of the units.
    at : datetime
        The booths in force then.
    policy : Policy
        What governs; isolation units divide booths where it names an authority that may close
        less.
    """
    booths = edition_in_force(session, at, level=BOOTH_LEVEL)
    identities = [edition_identity(session, e) for e in (edition, booths) if e is not None]
    isolation = None
    if policy.allows_isolation_units:
        told = read_isolation(session, at)
        isolation = told.take(told.in_force(clock.today_ist(at)))
        # By what was drawn: a file brought in again may bear the same codes.
        drawn = shapely.to_wkb(isolation.geometry, hex=True)
        parts = zip(isolation.isolation_id, isolation.booth_id, drawn, strict=True)
        identities += [" ".join(part) for part in parts]
    return NamedGround("\n".join(identities), booths, isolation)


def edition_identity(session: Session, edition: Edition) -> str:
    """Return what tells an edition from every other, in any database."""
    imported_at = get_import(session, edition.import_id).imported_at
    return f"{edition.edition_id} {edition.content_hash} {imported_at.isoformat()}"
