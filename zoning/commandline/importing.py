"""`zoning import …`: take a file into the database, each row accounted for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zoning.clock import IST
from zoning.commandline.printing import AsJson, print_account
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Level

if TYPE_CHECKING:
    from zoning.store.engine import Store
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.taking import ImportOrder

app = typer.Typer(no_args_is_help=True)

File = Annotated[Path, typer.Argument(help=tr("File to take in."), show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=tr("Report only; write nothing."))]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help=tr("Mapping file (TOML)."))]
FeedId = Annotated[str, typer.Option("--feed", help=tr("Feed that the file comes from."))]
Crs = Annotated[str, typer.Option(help=tr("Coordinate system, overriding the file: EPSG:n."))]


@app.command(epilog=tr("Example: zoning import boundaries wards.geojson --level ward"))
def boundaries(
    file: File,
    level: Annotated[str, typer.Option(help=tr("Level of units that don't say theirs."))],
    crs: Crs = "",
    valid_from: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("First day; now if left out.")),
    ] = None,
    hold: Annotated[
        bool, typer.Option("--hold", help=tr("Wait for “zoning editions use” before it counts."))
    ] = False,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
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
    store, order = _prepare(file, mapping, dry_run)
    account = import_boundaries(
        store,
        order,
        level,
        crs,
        valid_from=None if valid_from is None else valid_from.replace(tzinfo=IST),
        is_held=hold,
    )
    print_account(account, as_json=as_json)


@app.command(epilog=tr("Example: zoning import booths booths.csv"))
def booths(
    file: File,
    crs: Crs = "",
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in a list of polling-station booths as a new edition."""
    from zoning.workflow.imports import import_booths

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_booths(store, order, crs), as_json=as_json)


@app.command(epilog=tr("Example: zoning import cases cases.csv --reported-through 2020-05-18"))
def cases(
    file: File,
    reported_through: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day through which the cases are complete.")),
    ] = None,
    feed: FeedId = "",
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in confirmed cases; those that no unit holds are kept and listed."""
    from zoning.workflow.imports import import_cases

    store, order = _prepare(file, mapping, dry_run, feed)
    through = None if reported_through is None else reported_through.date()
    print_account(import_cases(store, order, through), as_json=as_json)


@app.command(epilog=tr("Example: zoning import outcomes outcomes.csv"))
def outcomes(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in how cases told before have ended, or that they never were any."""
    from zoning.workflow.imports import import_outcomes

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_outcomes(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import tests tests.csv"))
def tests(
    file: File,
    feed: FeedId = "",
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in samples tested and positive, by unit and day."""
    from zoning.workflow.imports import import_tests

    store, order = _prepare(file, mapping, dry_run, feed)
    print_account(import_tests(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import facilities hospitals.csv"))
def facilities(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in hospitals, ambulances and desks."""
    from zoning.workflow.facility_imports import import_facilities

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_facilities(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import orders orders.xlsx"))
def orders(
    file: File,
    crs: Crs = "",
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in orders that were in force before: booths, units or polygons with their days."""
    from zoning.workflow.standing_orders import import_orders

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_orders(store, order, _shelf(), crs), as_json=as_json)


@app.command(epilog=tr("Example: zoning import rounds rounds.csv"))
def rounds(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in house rounds of booths or containment zones."""
    from zoning.workflow.follow_up_imports import import_rounds

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_rounds(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import contacts contacts.csv"))
def contacts(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in how far the follow-up of contacts is, by code, never by name."""
    from zoning.workflow.follow_up_imports import import_contacts

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_contacts(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import samples samples.csv"))
def samples(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in samples and results of booths or containment zones."""
    from zoning.workflow.follow_up_imports import import_samples

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_samples(store, order), as_json=as_json)


@app.command(epilog=tr("Example: zoning import isolation lanes.geojson"))
def isolation(
    file: File,
    crs: Crs = "",
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in isolation units: parts of booths, each with the authority that it cites."""
    from zoning.workflow.follow_up_imports import import_isolation

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_isolation(store, order, _shelf(), crs), as_json=as_json)


@app.command(epilog=tr("Example: zoning import roster officers.xlsx"))
def roster(
    file: File,
    mapping: MappingFile = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Take in who is posted where, as what, from when to when."""
    from zoning.workflow.officers import import_roster

    store, order = _prepare(file, mapping, dry_run)
    print_account(import_roster(store, order), as_json=as_json)


def _shelf() -> GroundShelf:
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf

    return GroundShelf(Settings().cache_dir)


def _prepare(
    file: Path, mapping: Path | None, dry_run: bool, feed_id: str = ""
) -> tuple[Store, ImportOrder]:
    from zoning import clock
    from zoning.commandline.database import who
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.taking import ImportOrder

    store = open_store(Settings().store_url)
    return store, ImportOrder(file, clock.now(), who(), mapping, dry_run, feed_id)
