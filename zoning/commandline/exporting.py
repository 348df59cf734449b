"""`zoning export ...`: what is in force as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(no_args_is_help=True)


@app.callback()
def export() -> None:
    """Write what is in force as files."""


@app.command("zones", epilog=tr("Example: zoning export zones --format gpkg --out zones.gpkg"))
def export_zones(
    form: Annotated[
        str, typer.Option("--format", help=tr("gpkg (coloured in QGIS), geojson, kml or csv."))
    ] = "",
    out: Annotated[
        Path | None, typer.Option(help=tr("The file; zones.FORMAT here if left out."))
    ] = None,
    is_official: Annotated[
        bool,
        typer.Option(
            "--official", help=tr("With figures for officers; otherwise as the public may see.")
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write units, booths and containment zones in force to a file."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.exporting import export_zones as write
    from zoning.workflow.ground import GroundShelf
    from zoning.writers.zone_export import Face

    settings = Settings()
    form = form or ("gpkg" if out is None else out.suffix.lower().removeprefix("."))
    written = write(
        open_store(settings.store_url),
        settings,
        GroundShelf(settings.cache_dir),
        out or Path(f"zones.{form}"),
        form,
        clock.now(),
        Face.OFFICIAL if is_official else Face.PUBLIC,
    )
    if as_json:
        print_json(
            {
                "file": str(written.path),
                "rows": dict(written.rows),
                "without_geometry": {k: len(v) for k, v in written.without_geometry.items()},
            }
        )
        return
    typer.echo(
        tr(
            "{file} written: {rows}.",
            file=written.path,
            rows=", ".join(f"{n} {layer}" for layer, n in written.rows.items()),
        )
    )
    for layer, missing in written.without_geometry.items():
        if missing:
            typer.echo(
                tr(
                    "{layer}: without ground, so only listed: {codes}.",
                    layer=layer,
                    codes=", ".join(missing[:10]),
                ),
                err=True,
            )
