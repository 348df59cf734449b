"""The command line: parses, calls a use case, prints.

Exit status 0 is done; 2 is refused, with one sentence and nothing written; 1 is a
fault of ours, with a reference to the log. What a command needs is imported
inside it, so that none pays for the others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from zoning.errors import SeemanaError
from zoning.i18n.catalogue import tr

app = typer.Typer(
    name="zoning",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=tr("Zones, categories, orders and the facts behind them."),
)


@app.callback()
def _options() -> None:
    """Zones, categories, orders and the facts behind them."""


Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help=tr("Day judged."))]
AsJson = Annotated[bool, typer.Option("--json", help=tr("Print one JSON object."))]


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
        _print_json(summary)
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


def _print_json(value: object) -> None:
    import json

    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _misuse(fault: TyperException) -> str:
    message = str(getattr(fault, "message", fault)).strip()
    if "\n" in message:
        return message
    return tr("{fault}. See zoning --help.", fault=message.rstrip("."))


def run(command: Callable[[], object]) -> int:
    """Run a command and return its exit status; a refusal is one sentence on stderr."""
    try:
        status = command()
    except SeemanaError as refusal:
        typer.echo(str(refusal), err=True)
        return 2
    except TyperException as misuse:
        typer.echo(_misuse(misuse), err=True)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    except Exception as fault:  # noqa: BLE001 - the last resort before the user
        from zoning.faults import record_fault

        typer.echo(record_fault(fault), err=True)
        return 1
    return status if isinstance(status, int) else 0


def main() -> None:
    """Console script `zoning`."""
    sys.exit(run(lambda: app(standalone_mode=False)))


if __name__ == "__main__":
    main()
