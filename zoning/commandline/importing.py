"""`zoning import …`: take a file into the database, each row accounted for."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zoning.clock import IST
from zoning.commandline.import_command import Crs, FeedId, Given, command
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Level, RowAccount

app = typer.Typer(no_args_is_help=True)


@command(app, tr("Example: zoning import boundaries wards.geojson --level ward"))
def boundaries(
    given: Given,
    level: Annotated[str, typer.Option(help=tr("Level of units that don't say theirs."))],
    crs: Crs = "",
    valid_from: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("First day; now if left out.")),
    ] = None,
    hold: Annotated[
        bool, typer.Option("--hold", help=tr("Wait for “zoning editions use” before it counts."))
    ] = False,
) -> RowAccount:
    """Take in units as a new edition."""
    from zoning.workflow.imports import import_boundaries

    if level not in set(Level):
        raise InputError(
            tr(
                "--level is {level}; it must be one of {known}.",
                level=level,
                known=", ".join(Level),
            )
        )
    begin = None if valid_from is None else valid_from.replace(tzinfo=IST)
    return import_boundaries(given.store, given.order(), level, crs, valid_from=begin, is_held=hold)


@command(app, tr("Example: zoning import booths booths.csv"))
def booths(given: Given, crs: Crs = "") -> RowAccount:
    """Take in a list of polling-station booths as a new edition."""
    from zoning.workflow.imports import import_booths

    return import_booths(given.store, given.order(), crs)


@command(app, tr("Example: zoning import cases cases.csv --reported-through 2020-05-18"))
def cases(
    given: Given,
    reported_through: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day through which the cases are complete.")),
    ] = None,
    feed: FeedId = "",
) -> RowAccount:
    """Take in confirmed cases; those that no unit holds are kept and listed."""
    from zoning.workflow.imports import import_cases

    through = None if reported_through is None else reported_through.date()
    return import_cases(given.store, given.order(feed), through)


@command(app, tr("Example: zoning import outcomes outcomes.csv"))
def outcomes(given: Given) -> RowAccount:
    """Take in how cases told before have ended, or that they never were any."""
    from zoning.workflow.imports import import_outcomes

    return import_outcomes(given.store, given.order())


@command(app, tr("Example: zoning import tests tests.csv"))
def tests(given: Given, feed: FeedId = "") -> RowAccount:
    """Take in samples tested and positive, by unit and day."""
    from zoning.workflow.imports import import_tests

    return import_tests(given.store, given.order(feed))


@command(app, tr("Example: zoning import facilities hospitals.csv"))
def facilities(given: Given) -> RowAccount:
    """Take in hospitals, ambulances and desks."""
    from zoning.workflow.facility_imports import import_facilities

    return import_facilities(given.store, given.order())


@command(app, tr("Example: zoning import orders orders.xlsx"))
def orders(given: Given, crs: Crs = "") -> RowAccount:
    """Take in orders that were in force before: booths, units or polygons with their days."""
    from zoning.workflow.standing_orders import import_orders

    return import_orders(given.store, given.order(), given.shelf, crs)


@command(app, tr("Example: zoning import rounds rounds.csv"))
def rounds(given: Given) -> RowAccount:
    """Take in house rounds of booths or containment zones."""
    from zoning.workflow.follow_up_imports import import_rounds

    return import_rounds(given.store, given.order())


@command(app, tr("Example: zoning import contacts contacts.csv"))
def contacts(given: Given) -> RowAccount:
    """Take in how far the follow-up of contacts is, by code, never by name."""
    from zoning.workflow.follow_up_imports import import_contacts

    return import_contacts(given.store, given.order())


@command(app, tr("Example: zoning import samples samples.csv"))
def samples(given: Given) -> RowAccount:
    """Take in samples and results of booths or containment zones."""
    from zoning.workflow.follow_up_imports import import_samples

    return import_samples(given.store, given.order())


@command(app, tr("Example: zoning import isolation lanes.geojson"))
def isolation(given: Given, crs: Crs = "") -> RowAccount:
    """Take in isolation units: parts of booths, each with the authority that it cites."""
    from zoning.workflow.follow_up_imports import import_isolation

    return import_isolation(given.store, given.order(), given.shelf, crs)


@command(app, tr("Example: zoning import roster officers.xlsx"))
def roster(given: Given) -> RowAccount:
    """Take in who is posted where, as what, from when to when."""
    from zoning.workflow.officers import import_roster

    return import_roster(given.store, given.order())
