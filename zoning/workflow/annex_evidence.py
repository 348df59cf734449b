"""What an order rests on, for its annex: figures of units, booths, zones; what was overruled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import numpy as np
from sqlalchemy.orm import Session

from zoning.clock import IST
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import day
from zoning.model import Category, Classification
from zoning.orders.annex import AreaEvidence, Reading, value_text
from zoning.orders.draft import Override
from zoning.store.delineations import BoothCategories
from zoning.workflow.containment import as_date
from zoning.workflow.facts import known_cases

# As the screens show a measured value; the run keeps it whole.
_DECIMALS = 4


def unit_evidence(result: Classification) -> tuple[AreaEvidence, ...]:
    """Return what a run says of its units: counts, last case, indicators, why."""
    as_of = [_end_of(through) for through in result.reported_through]
    return tuple(
        AreaEvidence(
            area_id=str(unit),
            name=str(result.name[i]),
            kind="unit",
            counts=(
                ("confirmed_total", int(result.confirmed_total[i])),
                ("active", int(result.active[i])),
            ),
            last_case_on=_as_date(result.last_case_on[i]),
            readings=tuple(
                Reading(
                    key,
                    value_text(float(p.value[i]), _DECIMALS),
                    str(p.class_[i]),
                    _whole(p.numerator[i]),
                    _whole(p.denominator[i]),
                    as_of[i],
                )
                for key, p in result.parameters.items()
            ),
            explanation=str(result.explanation[i]),
        )
        for i, unit in enumerate(result.unit_id)
    )


def booth_evidence(said: BoothCategories) -> tuple[AreaEvidence, ...]:
    """Return what a delineation says of its containment zones, and of booths in A or with cases."""
    is_a = said.category == Category.AFFECTED.value
    told = []
    for zone_id in sorted(set(said.zone_id[is_a]) - {""}):
        of_zone = is_a & (said.zone_id == zone_id)
        last = said.last_case_on[of_zone]
        told.append(
            AreaEvidence(
                zone_id,
                "",
                "zone",
                (("booths", int(of_zone.sum())), ("affecting", int(said.affecting[of_zone].sum()))),
                _as_date(np.fmax.reduce(last)),
            )
        )
    for i in np.flatnonzero(is_a | (said.affecting > 0)):
        told.append(
            AreaEvidence(
                str(said.booth_id[i]),
                str(said.unit_id[i] or ""),
                "booth",
                (("affecting", int(said.affecting[i])),),
                _as_date(said.last_case_on[i]),
                explanation=_why(said, int(i)),
            )
        )
    return tuple(told)


def sealed_evidence(
    session: Session, booth_ids: Iterable[str], known_at: datetime
) -> tuple[AreaEvidence, ...]:
    """Return the cases that name booths which are sealed at once, before anything is judged."""
    cases = known_cases(session, known_at)
    told = []
    for booth_id in sorted(set(booth_ids)):
        if cases.booth_id is None:
            continue
        names = cases.booth_id.values.tolist()
        is_own = cases.booth_id.codes == (names.index(booth_id) if booth_id in names else -2)
        if is_own.any():
            last = np.fmax.reduce(cases.confirmed_on[is_own])
            n = int(cases.count[is_own].sum())
            told.append(
                AreaEvidence(booth_id, "", "booth", (("confirmed_total", n),), _as_date(last))
            )
    return tuple(told)


def overruled(overrides: Iterable[Override]) -> tuple[AreaEvidence, ...]:
    """Return what an officer decided otherwise than was proposed, with the reasons given."""
    return tuple(
        AreaEvidence(override.area_id, "", "override", explanation=_decided(override))
        for override in overrides
    )


def _decided(override: Override) -> str:
    told = tr(
        "Proposed {proposed}, decided {decided}: {reason}",
        proposed=override.proposed or tr("nothing"),
        decided=override.decided,
        reason=override.reason,
    )
    if override.concurred_on is None:
        return told
    return tr(
        "{told} (concurrence {number} of {day})",
        told=told,
        number=override.concurrence,
        day=day(override.concurred_on),
    )


def _why(said: BoothCategories, i: int) -> str:
    told = [tr("category {category}", category=said.category[i] or tr("none"))]
    if said.zone_id[i]:
        told.append(tr("zone {zone}", zone=said.zone_id[i]))
    if said.needs_survey[i]:
        told.append(tr("stands in for knowledge: to be surveyed"))
    if said.is_held[i]:
        told.append(tr("kept, as it is in A by order"))
    return "; ".join(told)


def _whole(value: float) -> int | None:
    """Return a figure if it is a whole number: others travel in the value itself."""
    return int(value) if np.isfinite(value) and float(value).is_integer() else None


def _as_date(value: np.datetime64) -> date | None:
    return None if np.isnat(value) else as_date(value)


def _end_of(through: np.datetime64) -> datetime | None:
    if np.isnat(through):
        return None
    return datetime.combine(as_date(through), time(), IST) + timedelta(days=1)
