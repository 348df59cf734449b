"""The fictional district as a whole, and its dates as of today."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np

from zoning.clock import as_utc
from zoning.demo.amenities import open_facilities
from zoning.demo.booths import Booths, place_booths
from zoning.demo.epidemic import run_epidemic
from zoning.demo.geography import settle
from zoning.demo.land import lay_out
from zoning.demo.line_list import write_line_list
from zoning.demo.plan import Plan
from zoning.demo.testing import run_tests
from zoning.model import Cases, Facilities, Tests, Units


@dataclass(frozen=True)
class Demo:
    """Everything the demonstration shows. None of it exists.

    Attributes
    ----------
    name, authority : str
        The district and who governs it; both say that they are fictional.
    units : Units
        From the district down to wards and gram panchayats.
    booths : Booths
        Polling-station booths, as points.
    cases, tests, facilities : Cases, Tests, Facilities
        What was reported.
    last_day : date
        Day through which the feeds are complete.
    at : datetime
        Moment to which the facilities' times refer, UTC.
    """

    name: str
    authority: str
    units: Units
    booths: Booths
    cases: Cases
    tests: Tests
    facilities: Facilities
    last_day: date
    at: datetime


def generate_district(plan: Plan) -> Demo:
    """Return the district of a plan, with the plan's own dates."""
    ground, units = settle(lay_out(plan))
    booths, booth_unit = place_booths(plan, ground)
    infections = run_epidemic(plan, ground)
    unknown = units.unit_id[np.isnan(units.population)]
    is_unknown = np.isin(booths.unit_id, unknown)
    return Demo(
        name=plan.names["district"],
        authority=plan.names["authority"],
        units=units,
        booths=replace(booths, population=np.where(is_unknown, np.nan, booths.population)),
        cases=write_line_list(plan, ground, booths, booth_unit, infections),
        tests=run_tests(plan, ground, infections),
        facilities=open_facilities(plan, ground, booths, booth_unit),
        last_day=plan.last_day,
        at=as_utc(plan.at),
    )


def dated(demo: Demo, on: date, at: datetime) -> Demo:
    """Return the same district with every date and time moved, so that it looks current.

    Cases and tests move by whole days, the facilities' times by the exact
    difference. The weekday on which few are reported moves along.

    Parameters
    ----------
    demo : Demo
        The district, whatever its dates.
    on : date
        New last day of cases and tests; for a demonstration the day before `at`.
    at : datetime
        New present moment; one without offset is taken as IST.
    """
    days = np.timedelta64((on - demo.last_day).days, "D")
    present = as_utc(at)
    seconds = np.timedelta64(round((present - demo.at).total_seconds()), "s")
    cases, tests, facilities = demo.cases, demo.tests, demo.facilities
    return replace(
        demo,
        cases=replace(
            cases, confirmed_on=cases.confirmed_on + days, outcome_on=cases.outcome_on + days
        ),
        tests=replace(tests, on=tests.on + days),
        facilities=replace(facilities, updated_at=facilities.updated_at + seconds),
        last_day=on,
        at=present.astimezone(UTC),
    )
