"""`zoning drafts floors`: the mildest zones that a higher authority allows."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.known import MOMENT, moment_in_ist
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(no_args_is_help=True)


@app.callback()
def floors() -> None:
    """List, set and end the mildest zones that are allowed."""


@app.command("list", epilog=tr("Example: zoning drafts floors list --json"))
def list_all(as_json: AsJson = False) -> None:
    """List floors, also those that are over or yet to come."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.workflow.floors import list_floors

    found = list_floors(opened(), clock.now())
    if as_json:
        rows = [
            {
                "floor": floor.floor_id,
                "unit_id": floor.new.unit_id,
                "zone": floor.new.zone,
                "authority": floor.new.authority,
                "reference": floor.new.reference,
                "valid_from": floor.new.valid_from.isoformat(),
                "valid_to": None if floor.new.valid_to is None else floor.new.valid_to.isoformat(),
            }
            for floor in found
        ]
        print_json({"floors": rows})
        return
    for floor in found:
        new = floor.new
        typer.echo(
            tr(
                "{id}  {unit}: {zone} or stricter, {authority}, {reference}, {start} to {end}",
                id=floor.floor_id,
                unit=new.unit_id,
                zone=new.zone,
                authority=new.authority,
                reference=new.reference,
                start=moment(new.valid_from),
                end=tr("further notice") if new.valid_to is None else moment(new.valid_to),
            )
        )
    if not found:
        typer.echo(tr("No floor is set."))


@app.command("set", epilog=tr("Example: zoning drafts floors set 303 red --authority MHA ..."))
def set_one(
    unit: Annotated[str, typer.Argument(help=tr("Unit, with all below it."))],
    zone: Annotated[str, typer.Argument(help=tr("green, orange or red: the mildest allowed."))],
    authority: Annotated[str, typer.Option(help=tr("Who set it."))],
    reference: Annotated[str, typer.Option(help=tr("Under which number."))],
    start: Annotated[
        datetime | None,
        typer.Option("--from", formats=MOMENT, help=tr("From when (IST); now if left out.")),
    ] = None,
    to: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help=tr("Until when (IST); open."))
    ] = None,
) -> None:
    """Set the mildest zone that is allowed in a unit."""
    from zoning import clock
    from zoning.workflow.floors import NewFloor, set_floor

    ends = None if to is None else moment_in_ist(to)
    new = NewFloor(unit, zone, authority, reference, moment_in_ist(start), ends)
    number = set_floor(opened(), new, clock.now(), who())
    typer.echo(tr("Floor {id} is set.", id=number))


@app.command("end", epilog=tr("Example: zoning drafts floors end 2 --reference HA/19"))
def end_one(
    floor: Annotated[int, typer.Argument(help=tr("Number of the floor."))],
    reference: Annotated[str, typer.Option(help=tr("Under which number it ends."))],
    at_moment: Annotated[
        datetime | None,
        typer.Option("--at", formats=MOMENT, help=tr("When (IST); now if left out.")),
    ] = None,
) -> None:
    """End a floor."""
    from zoning import clock
    from zoning.workflow.floors import end_floor

    at = clock.now()
    ends = at if at_moment is None else moment_in_ist(at_moment)
    end_floor(opened(), floor, ends, reference, at, who())
    typer.echo(tr("Floor {id} is ended.", id=floor))
