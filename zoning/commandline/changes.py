"""`zoning changes`: what a proposal would change against what is in force, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.workflow.proposed_zones import UnitChanges

app = typer.Typer()

# What changes nothing is told only where it is asked for.
QUIET = ("same", "unclassified")


@app.command(epilog=tr("Example: zoning changes --run 3 --json"))
def changes(
    run: Annotated[
        int | None, typer.Option(help=tr("Run of “zoning propose”; the latest if left out."))
    ] = None,
    is_whole: Annotated[
        bool, typer.Option("--all", help=tr("List the units that stay as they are, too."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what a proposal tightens and relaxes, and what it keeps strict and why."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.proposal import proposed_changes

    settings = Settings()
    proposed = proposed_changes(
        opened(),
        GroundShelf(settings.cache_dir),
        run,
        clock.now(),
        who(),
        self_delineating=settings.self_delineating_ids,
    )
    units, basis = proposed.units, proposed.basis
    kinds = units.kind.tolist()
    rows = [change_row(units, at) for at, kind in enumerate(kinds) if is_whole or kind not in QUIET]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    if as_json:
        assert basis.run is not None
        print_json(
            {
                "run": basis.run.run_id,
                "rule": basis.rule.id,
                "on": str(basis.result.on),
                "is_outdated": proposed.is_outdated,
                "kinds": counts,
                "changes": rows,
            }
        )
        return
    _print_rows(rows)
    typer.echo(
        tr(
            "{rule}, {on}: {tighten} tightened, {relax} relaxed, {first} for the first time; "
            "{kept} milder and not yet relaxed, {same} as they are.",
            rule=basis.rule.id,
            on=basis.result.on,
            tighten=counts.get("tighten", 0),
            relax=counts.get("relax", 0),
            first=counts.get("first", 0),
            kept=counts.get("kept_until", 0) + counts.get("refused", 0),
            same=counts.get("same", 0) + counts.get("unclassified", 0),
        )
    )
    if proposed.is_outdated:
        typer.echo(tr("Data came since it was judged: run “zoning propose” again."), err=True)


def change_row(units: UnitChanges, at: int) -> dict[str, Any]:
    """Return what becomes of one unit as plain values; days in ISO form, None for none."""
    return {
        "unit_id": units.unit_id[at],
        "name": units.name[at],
        "kind": units.kind[at],
        "in_force": units.in_force[at],
        "order": units.number[at] or None,
        "since": _day(units.since[at]),
        "today": units.today[at],
        "zone_worst": units.zone_worst[at],
        "proposed": units.proposed[at],
        "reason": units.reason[at],
        "sentence": units.sentence[at],
        "explanation": units.explanation[at],
        "days_milder": int(units.days_milder[at]),
        "earliest_on": _day(units.earliest_on[at]),
        "floor": units.floor[at] or None,
    }


def _day(day: Any) -> str | None:
    text = str(day)
    return None if text == "NaT" else text


def _print_rows(rows: list[dict[str, Any]]) -> None:
    from zoning.judgement.changes_words import kind_word
    from zoning.judgement.phrases import zone_word

    for kind in dict.fromkeys(row["kind"] for row in sorted(rows, key=_order)):
        typer.echo(tr("{kind}:", kind=kind_word(kind)))
        for row in rows:
            if row["kind"] != kind:
                continue
            if row["in_force"] == row["proposed"]:
                typer.echo(
                    tr(
                        "  {unit} {name}: {zone} stays; {sentence}",
                        unit=row["unit_id"],
                        name=row["name"],
                        zone=zone_word(row["in_force"]),
                        sentence=row["sentence"],
                    )
                )
            else:
                typer.echo(
                    tr(
                        "  {unit} {name}: {before} to {after}; {sentence}",
                        unit=row["unit_id"],
                        name=row["name"],
                        before=zone_word(row["in_force"]),
                        after=zone_word(row["proposed"]),
                        sentence=row["sentence"],
                    )
                )


def _order(row: dict[str, Any]) -> int:
    from zoning.judgement.changes import ChangeKind

    return list(ChangeKind).index(ChangeKind(row["kind"]))
