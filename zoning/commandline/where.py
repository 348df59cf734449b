"""`zoning where`: what holds at a place."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zoning.commandline.database import opened
from zoning.commandline.printing import AsJson, print_json
from zoning.errors import InputError
from zoning.i18n.catalogue import tr

app = typer.Typer()


@app.command("where", epilog=tr("Example: zoning where --lat 22.5726 --lon 88.3639"))
def where(
    lat: Annotated[float, typer.Option(help=tr("Latitude in degrees, WGS84."))],
    lon: Annotated[float, typer.Option(help=tr("Longitude in degrees, WGS84."))],
    at: Annotated[
        str, typer.Option(help=tr("Moment in ISO form, IST if it has no offset; now if left out."))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Say which zone and category hold at a place; on a line, those of its stricter side."""
    from layers.place_answer import MAX_LAT, MAX_LON, Place, told_of
    from zoning.settings import Settings
    from zoning.workflow.map_view import map_view
    from zoning.workflow.measures_desk import moment_of

    if not abs(lat) <= MAX_LAT or not abs(lon) <= MAX_LON:
        raise InputError(
            tr(
                "{lat}, {lon} is no place on Earth; give --lat from -90 to 90 and --lon from -180 "
                "to 180.",
                lat=lat,
                lon=lon,
            )
        )
    moment: datetime | None = moment_of(at) if at else None
    view = map_view(opened(), Settings(), at=moment, public=True)
    told = told_of(view, Place(lon, lat))
    if as_json:
        print_json(
            {
                "unit_id": told.unit_id,
                "zone": told.zone,
                "booth_id": told.booth_id,
                "category": told.category,
                "needs_survey": told.needs_survey,
                "is_on_line": told.is_on_line,
                "sentence": told.sentence,
            }
        )
        return
    typer.echo(told.sentence)
