"""`zoning queue`: cases without a unit, and where people put them."""

from __future__ import annotations

from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr, tr_n

app = typer.Typer(invoke_without_command=True)


@app.callback()
def queue(context: typer.Context, as_json: AsJson = False) -> None:
    """List what waits for a place: what cases say, why it gives none, what it may mean."""
    if context.invoked_subcommand is not None:
        return
    from zoning import clock
    from zoning.workflow.queue import show_waiting

    found = show_waiting(opened(), clock.now(), who())
    if as_json:
        rows = [
            {
                "text": w.text,
                "reason": w.reason,
                "cases": w.cases,
                "rows": [{"import": r.import_id, "row": r.row} for r in w.rows],
                "candidates": [
                    {
                        "unit_id": c.unit_id,
                        "name": c.name,
                        "score": round(c.score, 1),
                        "doubts": [doubt.value for doubt in c.doubts],
                    }
                    for c in w.candidates
                ],
            }
            for w in found
        ]
        print_json({"waiting": rows})
        return
    for w in found:
        typer.echo(
            tr(
                "{n}  {text}  {reason}  {candidates}",
                n=w.cases,
                text=w.text or tr("(says nothing)"),
                reason=w.reason,
                candidates=", ".join(f"{c.unit_id} {c.name} {c.score:.0f}" for c in w.candidates),
            )
        )
    total = sum(w.cases for w in found)
    typer.echo(tr_n("{n} case waits for a place.", "{n} cases wait for a place.", total))


@app.command(epilog=tr("Example: zoning queue name 'East Kalladda' G020304"))
def name(
    text: Annotated[str, typer.Argument(help=tr("Text as it stands in a file."))],
    unit: Annotated[
        str, typer.Argument(help=tr("Unit that it names; left out: none of ours."))
    ] = "",
) -> None:
    """Remember which unit a text names, for all cases that say so, now and later."""
    from zoning import clock
    from zoning.places.matching import NameDecision
    from zoning.workflow.queue import decide_text

    decide_text(opened(), NameDecision(text, unit), clock.now(), who())
    typer.echo(
        tr("“{text}” names {unit} from now on.", text=text, unit=unit)
        if unit
        else tr("“{text}” names no unit of ours.", text=text)
    )


@app.command(epilog=tr("Example: zoning queue put 7 132 58 --reason 'telephoned'"))
def put(
    import_id: Annotated[int, typer.Argument(help=tr("Number of the import."))],
    row: Annotated[int, typer.Argument(help=tr("Row in its file."))],
    unit: Annotated[
        str, typer.Argument(help=tr("Unit that it belongs to; left out: back into the queue."))
    ] = "",
    reason: Annotated[str, typer.Option(help=tr("On what it rests."))] = "",
) -> None:
    """Put one case in a unit."""
    from zoning import clock
    from zoning.store.places_decided import CasePlace
    from zoning.workflow.queue import decide_case

    decide_case(opened(), CasePlace(import_id, row, unit, reason), clock.now(), who())
    typer.echo(
        tr("Row {row} of import {id} is placed.", row=row, id=import_id)
        if unit
        else tr("Row {row} of import {id} waits again.", row=row, id=import_id)
    )
