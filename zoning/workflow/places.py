"""Which units are judged: those of the edition in force, at the finest level."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from zoning.model import Level, Units
from zoning.store.boundaries import read_units
from zoning.store.editions import Edition, edition_in_force

# Ward in towns, gram panchayat in the country; a coarser level only where a state has no finer.
JUDGED = (
    (Level.WARD, Level.GRAM_PANCHAYAT),
    (Level.BOROUGH,),
    (Level.MUNICIPALITY, Level.CORPORATION, Level.BLOCK),
    (Level.SUBDIVISION,),
    (Level.DISTRICT,),
    (Level.STATE,),
)

# A facility may lie a little outside the district it serves.
AREA_MARGIN_DEGREES = 0.5


def units_in_force(session: Session, at: datetime) -> tuple[Edition, Units] | None:
    """Return the edition in force with all its units; None where no boundary is imported."""
    edition = edition_in_force(session, at)
    return None if edition is None else (edition, read_units(session, edition.edition_id))


def judged_units(units: Units) -> Units:
    """Return the units of the finest level that an edition holds."""
    for levels in JUDGED:
        chosen = np.isin(units.level.astype(str), [str(level) for level in levels])
        if chosen.any():
            break
    return units.take(chosen)
