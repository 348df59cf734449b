"""`zoning measures`: what the orders in force say of an activity, there and then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.printing import AsJson, print_json
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Category, Zone

if TYPE_CHECKING:
    from zoning.measures.question import Answer
    from zoning.workflow.measures_desk import MeasuresDesk, Spot

app = typer.Typer()


CATEGORIES = {"a": Category.AFFECTED, "b": Category.BUFFER, "c": Category.CLEAN, "none": None}
ZONES = {zone.value: zone for zone in (Zone.RED, Zone.ORANGE, Zone.GREEN)}


@app.command(
    epilog=tr(
        "Example: zoning measures --activity buses --seats 60 --category B --at 2020-05-25T10:00"
    )
)
def measures(
    activity: Annotated[
        str, typer.Option(help=tr("What is to be done: a key that --list names, or a kind of it."))
    ] = "",
    at: Annotated[
        str, typer.Option(help=tr("When, such as 2020-05-25T10:00; without offset it is IST."))
    ] = "",
    category: Annotated[
        str, typer.Option(help=tr("Containment category of the place: A, B, C or none."))
    ] = "",
    zone: Annotated[str, typer.Option(help=tr("Colour of its zone: red, orange or green."))] = "",
    seats: Annotated[int | None, typer.Option(help=tr("Seats of the vehicle."))] = None,
    persons: Annotated[int | None, typer.Option(help=tr("Persons planned."))] = None,
    percent: Annotated[
        float | None, typer.Option(help=tr("Strength planned, in percent of the normal."))
    ] = None,
    order: Annotated[
        str, typer.Option(help=tr("The only order to answer; left out: whichever is in force."))
    ] = "",
    state: Annotated[str, typer.Option(help=tr("State, by its code in the directory."))] = "",
    district: Annotated[str, typer.Option(help=tr("District, by its code in the directory."))] = "",
    unit: Annotated[
        str, typer.Option(help=tr("Unit, for what was withdrawn there; asks the database."))
    ] = "",
    booth: Annotated[str, typer.Option(help=tr("Booth in place of a unit."))] = "",
    premises: Annotated[
        str, typer.Option(help=tr("Shop, office or hall in that unit, by its name."))
    ] = "",
    is_list: Annotated[
        bool, typer.Option("--list", help=tr("Print every clause with its activity key (JSON)."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Answer whether an activity may take place, or list the clauses of an order, verbatim."""
    from zoning.measures.order import Place
    from zoning.measures.question import Quantities, Question
    from zoning.settings import Settings
    from zoning.workflow.measures_desk import measures_desk, moment_of

    desk = measures_desk(Settings())
    spot = None
    if unit.strip() or booth.strip():
        desk, spot = _in_place(desk, unit.strip(), booth.strip(), premises.strip())
    elif premises.strip():
        raise InputError(tr("Say in which unit the premises lie: --unit CODE, or --booth CODE."))
    if is_list:
        if activity or at or category:
            raise InputError(tr("--list lists all clauses: leave out --activity and the rest."))
        print_json({"clauses": [clause.as_json() for clause in desk.clauses(order)]})
        return
    if not activity.strip() or not at.strip() or not category.strip():
        raise InputError(
            tr("Say --activity, --at and --category (A, B, C or none), or --list for the clauses.")
        )
    told = desk.ask(
        Question(
            activity=activity,
            at=moment_of(at),
            category=_category(category),
            zone=_zone(zone),
            place=Place(state.strip(), district.strip()),
            planned=Quantities(seats, persons, percent),
            order_id=order,
        ),
        spot,
    )
    for note in desk.notes(told):
        typer.echo(note, err=True)
    if as_json:
        from zoning.measures.told import as_json as told_as_json

        print_json(told_as_json(told))
        return
    _print(told)


def _in_place(
    desk: MeasuresDesk, unit: str, booth: str, premises: str
) -> tuple[MeasuresDesk, Spot]:
    """Return the desk with what the register of the database says, and the place asked for."""
    from dataclasses import replace
    from functools import partial

    from zoning.commandline.database import opened
    from zoning.workflow.deviation_register import unit_of, withdrawn_there
    from zoning.workflow.measures_desk import Spot

    store, now = opened(), desk.clock()
    spot = Spot(unit_of(store, unit, booth, now), premises)
    # Whoever has a shell of this machine may read reasons.
    found = partial(withdrawn_there, store, known_at=now)
    return replace(desk, withdrawals=found, tells_reasons=True), spot


def _category(name: str) -> Category | None:
    key = name.strip().lower()
    if key not in CATEGORIES:
        raise InputError(tr("--category is {name}; it can be A, B, C or none.", name=name.strip()))
    return CATEGORIES[key]


def _zone(name: str) -> Zone | None:
    key = name.strip().lower()
    if key and key not in ZONES:
        raise InputError(tr("--zone is {name}; it can be red, orange or green.", name=name.strip()))
    return ZONES.get(key)


def _print(told: Answer) -> None:
    """Print an answer for a person: the sentence, then what it rests on."""
    from zoning.measures.phrases import sentence

    typer.echo(sentence(told))
    for clause in told.clauses:
        typer.echo(tr("  {section}: {text}", section=clause.section, text=clause.text))
    for ground in told.withdrawals:
        typer.echo(
            tr("  Withdrawn by {number}: {reason}", number=ground.number, reason=ground.reason)
        )
    for conflict in told.conflicts:
        typer.echo(tr("  Conflict: {text} {reading}", text=conflict.text, reading=conflict.reading))
    for one in told.interpretations:
        typer.echo(tr("  Our interpretation: {text} ({source})", text=one.text, source=one.source))
    if told.general:
        typer.echo(
            tr(
                "  For everyone: {sections}.",
                sections=", ".join(clause.section for clause in told.general),
            )
        )
