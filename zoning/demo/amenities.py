"""Hospitals, ambulances, oxygen banks, hearse vans and desks, with telephones nobody can ring."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.demo.booths import Booths
from zoning.demo.geography import Ground
from zoning.demo.plan import Plan
from zoning.model import Facilities, FacilityKind, Floats, Indices, Texts

_DECIMALS = 5
_WITH_BEDS = (FacilityKind.HOSPITAL,)
_WITH_OXYGEN = (FacilityKind.HOSPITAL, FacilityKind.OXYGEN)


def open_facilities(plan: Plan, ground: Ground, booths: Booths, booth_unit: Indices) -> Facilities:
    """Return the facilities as told up to the plan's moment."""
    rng, measures = plan.random("facilities"), plan.measures["facilities"]
    counts: dict[str, int] = measures["counts"]
    kind = np.repeat(np.array(list(counts), dtype=object), list(counts.values()))
    n = len(kind)
    unit = _spread_units(rng, ground, measures["settings"], list(counts.values()))
    spot = np.array([rng.choice(np.flatnonzero(booth_unit == u)) for u in unit])
    beds, vacant, oxygen, oxygen_vacant = _beds(rng, measures, ground.setting[unit], kind)
    return Facilities(
        row=np.arange(1, n + 1),
        facility_id=_texts(f"{plan.prefix}F{i:03d}" for i in range(1, n + 1)),
        name=_names(rng, plan, ground, kind, unit),
        kind=kind,
        category=_texts(rng.choice(measures["categories"][k]) for k in kind),
        # No Indian number begins with 00000, so that a demonstration rings nobody.
        phone=_texts(f"00000 {number:05d}" for number in 10101 + np.arange(n)),
        address=_addresses(rng, plan, ground, unit),
        unit_id=ground.units.unit_id[unit],
        lon=(booths.lon[spot] + rng.normal(0, measures["from_booth_degrees"], n)).round(_DECIMALS),
        lat=(booths.lat[spot] + rng.normal(0, measures["from_booth_degrees"], n)).round(_DECIMALS),
        beds_total=beds,
        beds_vacant=vacant,
        oxygen_beds_total=oxygen,
        oxygen_beds_vacant=oxygen_vacant,
        oxygen_hours=_hours(rng, measures, kind),
        updated_at=_updated(rng, plan, n),
    )


def _texts(values: Any) -> Texts:
    return np.array(list(values), dtype=object)


def _range(measures: dict[str, Any], name: str) -> tuple[float, float]:
    low, high = measures[name]
    return float(low), float(high)


def _spread_units(
    rng: np.random.Generator, ground: Ground, shares: dict[str, float], counts: list[int]
) -> Indices:
    """Return the unit of each facility; no unit has two of one kind."""
    chosen: list[int] = []
    for count in counts:
        wanted = {setting: int(count * share) for setting, share in shares.items()}
        wanted["city"] += count - sum(wanted.values())
        for setting, number in wanted.items():
            inside = np.flatnonzero(ground.setting == setting)
            chosen += rng.choice(inside, number, replace=False).tolist()
    return np.array(chosen, dtype=np.int32)


def _beds(
    rng: np.random.Generator, measures: dict[str, Any], setting: Texts, kind: Texts
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return beds and vacant beds, and those with oxygen; NaN where a kind has none."""
    low, high = np.array([measures["beds"][s] for s in setting], dtype=float).T
    has_beds = np.isin(kind, _WITH_BEDS)
    n = len(kind)
    beds = (rng.uniform(low, high) / 2).round() * 2
    oxygen = (beds * rng.uniform(*_range(measures, "oxygen_bed_share"), n)).round()
    oxygen_vacant = (oxygen * rng.uniform(*_range(measures, "vacant_share"), n)).round()
    others = (beds - oxygen) * rng.uniform(*_range(measures, "vacant_share"), n)
    columns = (beds, oxygen_vacant + others.round(), oxygen, oxygen_vacant)
    told = [np.where(has_beds, column, np.nan) for column in columns]
    return told[0], told[1], told[2], told[3]


def _hours(rng: np.random.Generator, measures: dict[str, Any], kind: Texts) -> Floats:
    tells = np.isin(kind, _WITH_OXYGEN) & (rng.random(len(kind)) < measures["hours_told"])
    return np.where(tells, rng.uniform(*_range(measures, "hours"), len(kind)).round(1), np.nan)


def _names(
    rng: np.random.Generator, plan: Plan, ground: Ground, kind: Texts, unit: Indices
) -> Texts:
    forms = plan.names["facilities"]
    names = []
    for own, u in zip(kind, unit, strict=True):
        place = _place(ground, int(u))
        is_hospital = own == FacilityKind.HOSPITAL
        choices = forms["hospitals"][ground.setting[u]] if is_hospital else [forms["services"][own]]
        names.append(str(rng.choice(choices)).format(place=place))
    return _texts(names)


def _place(ground: Ground, unit: int) -> str:
    """Return the place's own name, without its ward number."""
    return str(ground.units.name[unit]).rsplit(" ", 1)[-1]


def _addresses(rng: np.random.Generator, plan: Plan, ground: Ground, unit: Indices) -> Texts:
    roads = plan.names["facilities"]["roads"]
    return _texts(
        f"{rng.integers(1, 180)} {rng.choice(roads)}, {ground.units.name[u]} (fictional)"
        for u in unit
    )


def _updated(rng: np.random.Generator, plan: Plan, n: int) -> npt.NDArray[np.datetime64]:
    """Return when each facility last told its figures, UTC; NaT for the few that never did."""
    at = np.datetime64(plan.at.astimezone(UTC).replace(tzinfo=None), "s")
    updated = np.full(n, np.datetime64("NaT", "s"))
    order, first = rng.permutation(n), 0
    for share, low, high in plan.measures["facilities"]["ages"]:
        chosen = order[first : first + round(n * share)]
        first += len(chosen)
        minutes = rng.integers(low, high + 1, len(chosen))
        updated[chosen] = at - minutes * np.timedelta64(60, "s")
    return updated
