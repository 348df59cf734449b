"""`zoning drafts requests` and `escalations`: what neighbours are asked, and what is late."""

from __future__ import annotations

from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

requests_app = typer.Typer(no_args_is_help=True)
escalations_app = typer.Typer(no_args_is_help=True)

Number = Annotated[int, typer.Argument(help=tr("Its number."))]


@requests_app.callback()
def requests() -> None:
    """See what neighbouring authorities are asked for, and answer."""


@requests_app.command("list", epilog=tr("Example: zoning drafts requests list"))
def list_requests(as_json: AsJson = False) -> None:
    """List requests to and from neighbours."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.workflow.neighbours_asked import requests_seen

    found = requests_seen(opened(), who(), clock.now())
    if as_json:
        rows = [
            {
                "request": one.request_id,
                "draft": one.draft_id,
                "order": one.order_id,
                "authority_unit_id": one.authority_unit_id,
                "units": list(one.unit_ids),
                "booths": list(one.booth_ids),
                "zone_id": one.zone_id,
                "category": one.category,
                "about": one.about,
                "answer_by": one.answer_by.isoformat(),
                "answer": one.answer,
                "order_number": one.order_number,
            }
            for one in found
        ]
        print_json({"requests": rows})
        return
    for one in found:
        typer.echo(
            tr(
                "{id}  to {authority}, until {until}: {about} {answer}",
                id=one.request_id,
                authority=one.authority_unit_id or tr("unknown"),
                until=moment(one.answer_by),
                about=one.about,
                answer=one.answer,
            ).rstrip()
        )
    if not found:
        typer.echo(tr("No neighbour is asked for anything."))


@requests_app.command("answer", epilog=tr("Example: zoning drafts requests answer 4 agrees"))
def answer_one(
    request: Number,
    says: Annotated[str, typer.Argument(help=tr("agrees or declines."))],
    note: Annotated[str, typer.Option(help=tr("In words; needed where it declines."))] = "",
    order: Annotated[str, typer.Option(help=tr("Number of the own order."))] = "",
) -> None:
    """Answer what a neighbour asked for."""
    from zoning import clock
    from zoning.workflow.neighbours_asked import answer_request

    answer_request(opened(), request, says, note, order, clock.now(), who())
    typer.echo(tr("Taken down."))


@escalations_app.callback()
def escalations() -> None:
    """See what wasn't done in time, and write what was done about it."""


@escalations_app.command("list", epilog=tr("Example: zoning drafts escalations list"))
def list_escalations(as_json: AsJson = False) -> None:
    """List what wasn't done in time and was passed on."""
    from zoning import clock
    from zoning.access import role_word
    from zoning.orders.delays import delay_sentence
    from zoning.workflow.escalating import list_escalations as listed

    found = listed(opened(), who(), clock.now())
    if as_json:
        rows = [
            {
                "escalation": one.escalation_id,
                "kind": one.new.kind.value,
                "matter": one.new.matter,
                "area": one.new.area_unit_id,
                "to_role": one.new.to_role.value,
                "due_at": one.new.due_at.isoformat(),
                "raised_at": one.raised_at.isoformat(),
                "note": one.note,
                "answered_by": one.answered_by,
            }
            for one in found
        ]
        print_json({"escalations": rows})
        return
    for one in found:
        typer.echo(
            tr(
                "{id}  to {role}: {sentence} {note}",
                id=one.escalation_id,
                role=role_word(one.new.to_role.value),
                sentence=delay_sentence(one.new.kind, one.new.matter),
                note=one.note,
            ).rstrip()
        )
    if not found:
        typer.echo(tr("Nothing is late."))


@escalations_app.command("answer", epilog=tr("Example: zoning drafts escalations answer 2 ..."))
def answer_delay(
    escalation: Number,
    note: Annotated[str, typer.Option(help=tr("What was done."))],
) -> None:
    """Write what was done about something late."""
    from zoning import clock
    from zoning.workflow.escalating import answer_escalation

    answer_escalation(opened(), escalation, note, clock.now(), who())
    typer.echo(tr("Taken down."))
