"""Commands that need no database: files in, a file out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer()

Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help=tr("Day judged."))]


@app.command(
    epilog=tr(
        "Example: zoning classify --units wards.gpkg --cases cases.csv --on 2020-05-18 "
        "--out zones.gpkg"
    )
)
def classify(
    units: Annotated[Path, typer.Option(help=tr("Units: any vector file, or a table."))],
    on: Day,
    out: Annotated[Path, typer.Option(help=tr("Result: .csv, .geojson, .gpkg or .parquet."))],
    cases: Annotated[Path | None, typer.Option(help=tr("Confirmed cases."))] = None,
    tests: Annotated[Path | None, typer.Option(help=tr("Samples tested."))] = None,
    indicators: Annotated[Path | None, typer.Option(help=tr("Published indicators."))] = None,
    rule: Annotated[str, typer.Option(help=tr("Rule set."))] = "mohfw-2020-05-17",
    mapping: Annotated[Path | None, typer.Option(help=tr("Mapping file (TOML)."))] = None,
    reported_through: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day through which the cases are complete.")),
    ] = None,
    rejects: Annotated[
        Path | None, typer.Option(help=tr("Where refused and unlocated rows are listed (CSV)."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge every unit of a file on one day, without a database."""
    from zoning import clock
    from zoning.lean import without_frames

    with without_frames():
        from zoning.workflow.classification import classify_files

        run = classify_files(
            units,
            cases,
            on.date(),
            out,
            clock.today_ist(clock.now()),
            tests_file=tests,
            indicators_file=indicators,
            rule_id=rule,
            mapping_file=mapping,
            reported_through=None if reported_through is None else reported_through.date(),
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
            "{units} ({rule}, {on}); {taken} of {read} rows taken, {unlocated} cases in no unit. "
            "Written to {out}.",
            units=", ".join(f"{n} {zone}" for zone, n in summary["units"].items()),
            rule=summary["rule"],
            on=summary["on"],
            taken=summary["rows"]["taken"],
            read=summary["rows"]["read"],
            unlocated=summary["cases"]["unlocated"],
            out=out,
        )
    )
