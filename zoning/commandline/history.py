"""`zoning history`: what was in force at a moment, what changed since, and the proof of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.known import MOMENT, moment_in_ist
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr, tr_n

if TYPE_CHECKING:
    from zoning.workflow.in_force_then import InForceChange
    from zoning.workflow.proving import Proof

app = typer.Typer()

NOT_PROVEN = 2


@app.command(epilog=tr("Example: zoning history --at 2020-05-18T18:00 --proof --noted 3f1a..."))
def history(
    at: Annotated[
        datetime | None, typer.Option(formats=MOMENT, help=tr("Moment (IST); now if left out."))
    ] = None,
    and_at: Annotated[
        datetime | None,
        typer.Option("--and", formats=MOMENT, help=tr("A later moment: what changed up to it.")),
    ] = None,
    proof: Annotated[
        bool, typer.Option("--proof", help=tr("Prove that what was in force then is unaltered."))
    ] = False,
    noted: Annotated[
        str, typer.Option(help=tr("Head of the audit that you noted before, for the proof."))
    ] = "",
    breaks: Annotated[
        bool, typer.Option("--breaks", help=tr("Say where counts of different days don't compare."))
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help=tr("CSV of what changed, or of the counts day by day."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was in force at a moment beside what was known then; exit 2 if unproven."""
    from zoning.errors import InputError

    if (and_at is not None) + proof + breaks > 1:
        raise InputError(tr("Choose one of --and, --proof and --breaks."))
    if out is not None and and_at is None and not breaks:
        raise InputError(tr("--out goes with --and or --breaks."))
    if out is not None:
        from zoning.writers.tables import refuse_unwritable

        refuse_unwritable(out, (".csv",))
    moment = moment_in_ist(at)
    if proof:
        _prove(moment, noted.strip().lower(), as_json=as_json)
    elif and_at is not None:
        _change(moment, moment_in_ist(and_at), out, as_json=as_json)
    elif breaks:
        _breaks(moment, out, as_json=as_json)
    else:
        _then(moment, as_json=as_json)


def _then(at: datetime, *, as_json: bool) -> None:
    from zoning.settings import Settings
    from zoning.workflow.history_desk import then

    found = then(opened(), Settings().default_rule, at, who())
    rows = [
        {"unit_id": unit, "in_force": zone, "order": number or None, "known_then": known or None}
        for unit, zone, number, known in zip(
            found.units.unit_id, found.zone, found.number, found.known, strict=True
        )
    ]
    if as_json:
        print_json(
            {
                "at": at.isoformat(),
                "rule": found.rule_id,
                "on": None if found.on is None else found.on.isoformat(),
                "booths": dict(found.categories),
                "orders": sorted(found.in_force.orders),
                "units": rows,
            }
        )
        return
    for row in rows:
        typer.echo(
            tr(
                "{unit}: in force {zone}, by {order}; known then {known}",
                unit=row["unit_id"],
                zone=row["in_force"],
                order=row["order"] or tr("no order"),
                known=row["known_then"] or tr("nothing"),
            )
        )
    typer.echo(
        tr_n(
            "{n} unit differs from what {rule} says of what was known then.",
            "{n} units differ from what {rule} says of what was known then.",
            int(found.differs.sum()),
            rule=found.rule_id,
        )
    )


def _change(before_at: datetime, after_at: datetime, out: Path | None, *, as_json: bool) -> None:
    from zoning.workflow.in_force_then import in_force_change

    found = in_force_change(opened(), before_at, after_at, who())
    rows = change_rows(found)
    if out is not None:
        names = ("kind", "code", "before", "after", "order_before", "order")
        _write({name: [row[name] for row in rows] for name in names}, out)
    if as_json:
        told = {"from": before_at.isoformat(), "to": after_at.isoformat(), "changed": rows}
        print_json(told)
        return
    for row in rows:
        typer.echo(
            tr(
                "{place}: {before} to {after}, by {order}",
                place=row["code"],
                before=row["before"] or tr("none"),
                after=row["after"] or tr("none"),
                order=row["order"] or tr("the end of {number}", number=row["order_before"]),
            )
        )
    typer.echo(
        tr(
            "{units} units and {booths} booths changed.",
            units=len(found.units),
            booths=len(found.booths),
        )
    )


def change_rows(found: InForceChange) -> list[dict[str, Any]]:
    """Return one row a place that changed, units first."""
    return [
        {
            "kind": kind,
            "code": code,
            "before": before,
            "after": after,
            "order_before": number_before,
            "order": number,
        }
        for kind, places in (("unit", found.units), ("booth", found.booths))
        for code, before, after, number_before, number in zip(
            places.code,
            places.before,
            places.after,
            places.number_before,
            places.number,
            strict=True,
        )
    ]


def _breaks(until: datetime, out: Path | None, *, as_json: bool) -> None:
    from zoning.workflow.trend import trend, trend_rows

    found = trend(opened(), until, who())
    days = trend_rows(found)
    if out is not None:
        _write({name: [day[name] for day in days] for name in (days[0] if days else ())}, out)
    rows = [
        {
            "at": b.at.isoformat(),
            "kind": b.kind.value,
            "order": b.number or None,
            "sentence": b.sentence,
        }
        for b in found.breaks
    ]
    if as_json:
        print_json({"breaks": rows, "days": days})
        return
    for found_break in found.breaks:
        typer.echo(
            tr(
                "{at}, order {order}: {sentence}",
                at=found_break.at.isoformat(),
                order=found_break.number or "-",
                sentence=found_break.sentence,
            )
        )
    typer.echo(
        tr_n("The series breaks {n} time.", "The series breaks {n} times.", len(rows))
        if rows
        else tr("The series doesn't break: every day was counted by one measure.")
    )


def _write(columns: dict[str, list[Any]], out: Path) -> None:
    import numpy as np

    from zoning.model import WGS84
    from zoning.writers.tables import Ground, drafted_table

    cells = {
        name: np.array(["" if v is None else str(v) for v in values], dtype=object)
        for name, values in columns.items()
    }
    with drafted_table(cells, Ground(None, WGS84, "history"), out):
        pass


def _prove(at: datetime, noted: str, *, as_json: bool) -> None:
    from zoning.workflow.proof_words import order_sentence, proof_sentence
    from zoning.workflow.proving import prove

    found = prove(opened(), at, who(), noted)
    if as_json:
        print_json(_proof_as_json(found))
    else:
        for order in found.orders:
            typer.echo(
                tr(
                    "{number}  {hash}  {sentence}",
                    number=order.number,
                    hash=order.content_sha256 or "-",
                    sentence=order_sentence(found, order),
                )
            )
        typer.echo(tr("state  {hash}", hash=found.state_sha256))
        typer.echo(tr("head   {hash}", hash=found.chain.head))
        typer.echo(proof_sentence(found))
    if not found.is_whole:
        raise typer.Exit(NOT_PROVEN)


def _proof_as_json(found: Proof) -> dict[str, Any]:
    return {
        "at": found.at.isoformat(),
        "is_whole": found.is_whole,
        "state_sha256": found.state_sha256,
        "units": found.n_units,
        "booths": found.n_booths,
        "audit": {
            "entries": found.chain.entries,
            "head": found.chain.head,
            "broken_at": None if found.chain.broken is None else found.chain.broken.number,
            "noted_at": found.chain.noted_at,
        },
        "orders": [
            {
                "number": order.number,
                "content_sha256": order.content_sha256 or None,
                "state": order.state.value,
                "audit_entry": None if order.seal is None else order.seal.entry,
                "entry_hash": None if order.seal is None else order.seal.entry_hash,
                "sealed_at": None if order.seal is None else order.seal.at.isoformat(),
            }
            for order in found.orders
        ],
    }
