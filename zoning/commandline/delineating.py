"""`zoning delineate`: the containment category of every booth, from files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.files import Day
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer()


@app.command(
    epilog=tr(
        "Example: zoning delineate --zones zones.gpkg --booths booths.gpkg --cases cases.csv "
        "--on 2020-05-21 --out booths.csv --areas categories.gpkg"
    )
)
def delineate(
    zones: Annotated[Path, typer.Option(help=tr("Zones that classify wrote, with areas."))],
    booths: Annotated[Path, typer.Option(help=tr("Booths as areas or points."))],
    cases: Annotated[Path, typer.Option(help=tr("Confirmed cases."))],
    on: Day,
    out: Annotated[Path, typer.Option(help=tr("Result: .csv, .geojson, .gpkg or .parquet."))],
    buffer_m: Annotated[
        float | None,
        typer.Option(help=tr("Buffer in metres; 0: booths that touch. Left out: the policy's.")),
    ] = None,
    policy: Annotated[
        str, typer.Option(help=tr("Policy: what makes a booth affected."))
    ] = "memo-177-cs-2020",
    areas: Annotated[
        Path | None, typer.Option(help=tr("Areas of A, B and C: .geojson, .gpkg or .parquet."))
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help=tr("Mapping file (TOML)."))] = None,
    rejects: Annotated[
        Path | None, typer.Option(help=tr("Where refused and unlocated rows are listed (CSV)."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Divide red and orange zones into affected, buffer and clean areas, without a database."""
    from zoning import clock
    from zoning.lean import without_frames

    with without_frames():
        from zoning.workflow.delineation import delineate_files

        run = delineate_files(
            zones,
            booths,
            cases,
            on.date(),
            out,
            clock.today_ist(clock.now()),
            buffer_m=buffer_m,
            policy_id=policy,
            areas_file=areas,
            mapping_file=mapping,
            rejects_file=rejects,
        )
    for warning in run.warnings:
        typer.echo(warning, err=True)
    summary = run.as_json()
    if as_json:
        print_json(summary)
        return
    typer.echo(
        tr(
            "{a} booths are A, {b} B, {c} C, {green} in green units ({watch} to watch); {survey} "
            "need a survey. {taken} of {read} rows taken, {unplaced} cases in no booth. Written to "
            "{out}.",
            a=summary["booths"]["A"],
            b=summary["booths"]["B"],
            c=summary["booths"]["C"],
            green=summary["booths"]["green"],
            watch=summary["watch"],
            survey=summary["needs_survey"],
            taken=summary["rows"]["taken"],
            read=summary["rows"]["read"],
            unplaced=summary["cases"]["unplaced"] + summary["cases"]["unlocated"],
            out=out,
        )
    )
