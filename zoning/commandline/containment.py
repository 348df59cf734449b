"""`zoning containment ...`: zones in force, what-if, release of booths, first cases."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.weighing import DrawnZones

app = typer.Typer(no_args_is_help=True)


@app.callback()
def containment() -> None:
    """Show containment zones, think them through, release booths, answer first cases."""


@app.command("list", epilog=tr("Example: zoning containment list --json"))
def list_zones(as_json: AsJson = False) -> None:
    """List the containment zones in force with people, houses, workers and cases."""
    from zoning import clock
    from zoning.workflow.containment_desk import containment as found_at

    settings, shelf = _settings()
    found = found_at(opened(), settings, shelf, clock.now())
    rows = zone_rows(found.zones)
    if as_json:
        print_json({"zones": rows, "warnings": [w.message for w in found.zones.weighed.warnings]})
        return
    for row in rows:
        typer.echo(
            tr(
                "{zone}: {a} booths A, {b} B in {units}; {people} people, {cases} cases.",
                zone=row["zone_id"],
                a=row["booths_a"],
                b=row["booths_b"],
                units=", ".join(row["units"]),
                people=tr("unknown") if row["people_a"] is None else f"{row['people_a']:.0f}",
                cases=row["cases"],
            )
        )
    if not rows:
        typer.echo(tr("No booth is in Category A by an order in force."))


@app.command("what-if", epilog=tr("Example: zoning containment what-if --buffer-m 1000"))
def what_if(
    rule: Annotated[str, typer.Option(help=tr("Rule set; the zones in force if left out."))] = "",
    policy: Annotated[str, typer.Option(help=tr("Policy; the one in force if left out."))] = "",
    buffer_m: Annotated[
        float | None, typer.Option(help=tr("Buffer in metres; the one in force if left out."))
    ] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day judged; the last complete one.")),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what another rule, policy or buffer would mean, beside what is in force."""
    from zoning import clock
    from zoning.workflow.containment_desk import WhatIf
    from zoning.workflow.containment_desk import what_if as thought_through

    settings, shelf = _settings()
    asked = WhatIf(rule, policy, buffer_m, None if on is None else on.date())
    thought = thought_through(opened(), settings, shelf, clock.now(), asked)
    before, after = totals(thought.present), totals(thought.thought)
    moved = [{"from": a, "to": b, "booths": n} for (a, b), n in thought.moved().items()]
    if as_json:
        print_json({"in_force": before, "thought": after, "moved": moved})
        return
    for name, now in before.items():
        typer.echo(tr("{name}: {now} in force, {then} then", name=name, now=now, then=after[name]))
    for change in moved:
        typer.echo(
            tr(
                "{n} booths: {before} to {after}",
                n=change["booths"],
                before=change["from"] or tr("none"),
                after=change["to"] or tr("none"),
            )
        )


@app.command(epilog=tr("Example: zoning containment due"))
def due(as_json: AsJson = False) -> None:
    """List the booths in Category A and where each stands on its way out."""
    from zoning import clock
    from zoning.workflow.denotifying import board

    _, shelf = _settings()
    found = board(opened(), shelf, clock.now())
    rows = [
        {"booth_id": booth, "zone_id": zone, "due": bool(is_due), "sentence": sentence}
        for booth, zone, is_due, sentence in zip(
            found.booth_id, found.booths.zone, found.state.is_due, found.sentences, strict=True
        )
    ]
    if as_json:
        print_json({"booths": rows})
        return
    for row in rows:
        typer.echo(tr("{booth}: {sentence}", booth=row["booth_id"], sentence=row["sentence"]))
    if not rows:
        typer.echo(tr("No booth is in Category A by an order in force."))


@app.command(epilog=tr("Example: zoning containment release AC-160/12 AC-160/13"))
def release(
    booths: Annotated[list[str], typer.Argument(help=tr("Booths that are due."))],
) -> None:
    """Publish the order that takes booths out of Category A."""
    from zoning import clock
    from zoning.workflow.releasing import release as release_booths

    _, shelf = _settings()
    order = release_booths(opened(), shelf, booths, clock.now(), who())
    typer.echo(tr("Order {number} is in force.", number=order.number))


@app.command(epilog=tr("Example: zoning containment alarms"))
def alarms(as_json: AsJson = False) -> None:
    """List the first cases of units that had none, with the hours left to answer."""
    from zoning import clock
    from zoning.judgement.first_case_words import first_case_sentences
    from zoning.workflow.alarms import alarms as alarms_at

    found = alarms_at(opened(), clock.now())
    units = found.units.unit_id[found.state.unit_index]
    words = first_case_sentences(found.state, found.units.name[found.state.unit_index])
    if as_json:
        print_json(
            {
                "alarms": [
                    {"unit_id": unit, "overdue": bool(late), "answered": bool(done), "words": said}
                    for unit, late, done, said in zip(
                        units,
                        found.state.is_overdue,
                        found.state.is_answered,
                        words,
                        strict=True,
                    )
                ]
            }
        )
        return
    for unit, said in zip(units, words, strict=True):
        typer.echo(tr("{unit}: {sentence}", unit=unit, sentence=said))
    if not len(units):
        typer.echo(tr("No first case is waiting for an answer."))


@app.command(epilog=tr("Example: zoning containment answer W12 --note 'team sent, 12 contacts'"))
def answer(
    unit: Annotated[str, typer.Argument(help=tr("Unit whose first case was attended to."))],
    note: Annotated[str, typer.Option(help=tr("What was done."))],
) -> None:
    """Answer the alarm of a first case."""
    from zoning import clock
    from zoning.workflow.alarms import answer_alarm

    answer_alarm(opened(), unit, note, clock.now(), who())
    typer.echo(tr("Taken down; the clock of {unit} has stopped.", unit=unit))


def zone_rows(zones: DrawnZones) -> list[dict[str, Any]]:
    """Return what is said of each zone, for `--json`; unknown figures are null."""
    figures, perimeter_m = zones.weighed.zones, zones.perimeter_m
    return [
        {
            "zone_id": zone,
            "opened_on": None if str(zones.opened_on[at]) == "NaT" else str(zones.opened_on[at]),
            "units": list(zones.unit_ids[at]),
            "booths_a": int(figures.n_booths_a[at]),
            "booths_b": int(figures.n_booths_b[at]),
            "people_a": _known(figures.population_a[at]),
            "people_b": _known(figures.population_b[at]),
            "people_complete": bool(figures.population_is_complete[at]),
            "households_a": _known(figures.households_a[at]),
            "workers": {str(n): _known(w[at]) for n, w in figures.workers.items()},
            "perimeter_m": _known(perimeter_m[at]),
            "cases": int(figures.cases[at]),
            "share_of_cases": _known(figures.share_of_cases[at]),
            "people_per_case": _known(figures.people_per_case[at]),
            "hospitals_a": int(figures.hospitals_a[at]),
        }
        for at, zone in enumerate(zones.divided.zone_id)
    ]


def totals(zones: DrawnZones) -> dict[str, Any]:
    """Return what is said of all zones together."""
    total, category = zones.weighed.total, zones.divided.category
    return {
        "zones": len(zones),
        **{f"booths_{key.lower()}": int((category == key).sum()) for key in ("A", "B", "C")},
        "watch": int(zones.divided.watch.sum()),
        "people_a": _known(total.population_a[0]),
        "people_b": _known(total.population_b[0]),
        "households_a": _known(total.households_a[0]),
        **{f"workers_{n}": _known(w[0]) for n, w in total.workers.items()},
        "cases": int(total.cases[0]),
        "share_of_cases": _known(total.share_of_cases[0]),
        "people_per_case": _known(total.people_per_case[0]),
    }


def _known(value: float) -> float | None:
    import math

    return float(value) if math.isfinite(value) else None


def _settings() -> tuple[Settings, GroundShelf]:
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf

    settings = Settings()
    return settings, GroundShelf(settings.cache_dir)
