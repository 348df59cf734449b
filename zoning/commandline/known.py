"""`zoning judge` and `zoning compare`: any day as it was known at any moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.database import opened
from zoning.commandline.printing import AsJson, RuleId, print_json
from zoning.i18n.catalogue import tr, tr_n

app = typer.Typer()

Day = Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help=tr("Day judged."))]
MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]


@app.command(
    epilog=tr("Example: zoning judge --on 2020-08-04 --known-at 2020-08-06T18:00 --out zones.csv")
)
def judge(
    on: Day,
    out: Annotated[Path, typer.Option(help=tr("Result: .csv, .geojson, .gpkg or .parquet."))],
    known_at: Annotated[
        datetime | None,
        typer.Option(formats=MOMENT, help=tr("What was known then counts (IST); now if left out.")),
    ] = None,
    rule: RuleId = "",
    as_json: AsJson = False,
) -> None:
    """Compute any day's zones as they were known at any moment; nothing is stored."""
    from zoning.settings import Settings
    from zoning.workflow.history import zones_known
    from zoning.writers.results import write_classification
    from zoning.writers.tables import refuse_unwritable

    refuse_unwritable(out)
    settings = Settings()
    known = zones_known(opened(), rule or settings.default_rule, on.date(), moment_in_ist(known_at))
    write_classification(known.result, known.units, out)
    zones = known.result.zone
    counts = {zone: int((zones == zone).sum()) for zone in dict.fromkeys(sorted(zones))}
    if as_json:
        print_json(
            {
                "rule": known.result.rule_id,
                "on": str(known.result.on),
                "known_at": known.known_at.isoformat(),
                "units": counts,
            }
        )
        return
    typer.echo(
        tr(
            "{units}. Written to {out}.",
            units=", ".join(f"{n} {zone}" for zone, n in counts.items()),
            out=out,
        )
    )


@app.command(
    epilog=tr(
        "Example: zoning compare --on 2020-08-04 --known-at 2020-08-06T18:00 --and 2020-08-13T18:00"
    )
)
def compare(
    on: Day,
    known_at: Annotated[datetime, typer.Option(formats=MOMENT, help=tr("The earlier moment."))],
    and_at: Annotated[
        datetime | None,
        typer.Option("--and", formats=MOMENT, help=tr("The later one; now if left out.")),
    ] = None,
    rule: RuleId = "",
    as_json: AsJson = False,
) -> None:
    """Say what became different about a day between two moments, and by which imports."""
    from zoning.settings import Settings
    from zoning.workflow.history import difference

    found = difference(
        opened(),
        rule or Settings().default_rule,
        on.date(),
        moment_in_ist(known_at),
        moment_in_ist(and_at),
    )
    before = dict(zip(found.earlier.result.unit_id, found.earlier.result.zone, strict=True))
    after = dict(zip(found.later.result.unit_id, found.later.result.zone, strict=True))
    changed = [
        {"unit_id": unit, "zone_before": before.get(unit), "zone_after": after.get(unit)}
        for unit in found.changed
    ]
    if as_json:
        print_json(
            {
                "on": on.date().isoformat(),
                "arrived": [record.import_id for record in found.arrived],
                "undone": [record.import_id for record in found.undone],
                "changed": changed,
            }
        )
        return
    for record in (*found.arrived, *found.undone):
        typer.echo(
            tr(
                "import {id}: {kind}, {file}, {n} rows",
                id=record.import_id,
                kind=record.kind,
                file=record.file_name,
                n=record.account.taken,
            )
        )
    for row in changed:
        typer.echo(
            tr(
                "{unit}: {before} to {after}",
                unit=row["unit_id"],
                before=row["zone_before"] or tr("not there"),
                after=row["zone_after"] or tr("not there"),
            )
        )
    typer.echo(tr_n("{n} unit differs.", "{n} units differ.", len(changed)))


def moment_in_ist(given: datetime | None) -> datetime:
    """Return a moment of the command line, one without offset as of India; now if there is none."""
    from zoning import clock

    if given is None:
        return clock.now()
    return given if given.tzinfo else given.replace(tzinfo=clock.IST)
