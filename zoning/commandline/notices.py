"""`zoning notices`: who is told of orders, and what still waits; `zoning tick` sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr, tr_n

if TYPE_CHECKING:
    from zoning.store.outbox_listing import Listed

app = typer.Typer(no_args_is_help=True)
tick_app = typer.Typer()


@app.callback()
def notices() -> None:
    """Show who is told of orders, have somebody told, and look into the outbox."""


@app.command("list", epilog=tr("Example: zoning notices list"))
def list_receivers(as_json: AsJson = False) -> None:
    """List who is told of orders, and who was."""
    from zoning.i18n.forms import moment
    from zoning.workflow.notices import listed

    found = listed(opened())
    if as_json:
        rows = [
            {
                "subscription": s.subscription_id,
                "kind": s.new.kind.value,
                "address": s.new.address,
                "units": list(s.new.unit_ids) or None,
                "language": s.new.language,
                "created_at": s.created_at.isoformat(),
                "closed_at": None if s.closed_at is None else s.closed_at.isoformat(),
            }
            for s in found
        ]
        print_json({"subscriptions": rows})
        return
    for s in found:
        line = tr(
            "{id}  {kind}  {address}  {units}  {language}",
            id=s.subscription_id,
            kind=s.new.kind.value,
            address=s.new.address,
            units=", ".join(s.new.unit_ids) or tr("every order"),
            language=s.new.language,
        )
        closed = s.closed_at
        typer.echo(
            line if closed is None else tr("{line}  closed {at}", line=line, at=moment(closed))
        )
    if not found:
        typer.echo(tr("Nobody is told of orders yet: zoning notices add email NAME@EXAMPLE.ORG"))


@app.command(epilog=tr("Example: zoning notices add email control@example.org --for 303"))
def add(
    kind: Annotated[str, typer.Argument(help=tr("email or webhook."))],
    address: Annotated[str, typer.Argument(help=tr("Mailbox, or https address of a program."))],
    units: Annotated[
        list[str] | None,
        typer.Option("--for", help=tr("Unit whose orders are told; once each; all if left out.")),
    ] = None,
    language: Annotated[str, typer.Option(help=tr("Language of e-mails."))] = "en",
) -> None:
    """Have a receiver told of every order that is published from now on."""
    from zoning import clock
    from zoning.errors import InputError
    from zoning.model.notices import NoticeKind
    from zoning.store.subscriptions import NewSubscription
    from zoning.workflow.notices import add as add_receiver

    known = [known.value for known in NoticeKind]
    if kind not in known:
        raise InputError(
            tr(
                "{kind} is no way to tell; choose one of {known}.",
                kind=kind,
                known=", ".join(known),
            )
        )
    new = NewSubscription(NoticeKind(kind), address, tuple(dict.fromkeys(units or ())), language)
    number = add_receiver(opened(), new, clock.now(), who())
    typer.echo(tr("Subscription {id}: {address} is told from now on.", id=number, address=address))


@app.command(epilog=tr("Example: zoning notices close 3"))
def close(
    subscription: Annotated[int, typer.Argument(help=tr("Number of the subscription."))],
) -> None:
    """Tell a receiver no more."""
    from zoning import clock
    from zoning.workflow.notices import close as close_receiver

    closed = close_receiver(opened(), subscription, clock.now(), who())
    typer.echo(tr("{address} isn't told any more.", address=closed.new.address))


@app.command(epilog=tr("Example: zoning notices outbox --json"))
def outbox(as_json: AsJson = False) -> None:
    """List the notices that aren't sent yet, then the newest sent ones."""
    from zoning.workflow.notices import outbox_of

    found = outbox_of(opened())
    if as_json:
        print_json({"notices": [_as_json(row) for row in found]})
        return
    for row in found:
        typer.echo(
            tr(
                "{id}  {order}  {address}  {state}  {error}",
                id=row.outbox_id,
                order=row.number,
                address=row.address,
                state=_state(row),
                error=row.last_error,
            ).rstrip()
        )
    if not found:
        typer.echo(tr("The outbox is empty."))


@app.command(epilog=tr("Example: zoning notices retry 12"))
def retry(notice: Annotated[int, typer.Argument(help=tr("Number of the notice."))]) -> None:
    """Let a notice that was given up be tried again by the next tick."""
    from zoning import clock
    from zoning.workflow.notices import retry as try_again

    try_again(opened(), notice, clock.now(), who())
    typer.echo(tr("Notice {id} is tried again by the next “zoning tick”.", id=notice))


@tick_app.command(epilog=tr("Example: zoning tick"))
def tick(as_json: AsJson = False) -> None:
    """Do everything that is due by the clock; meant to be run every minute."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.ticking import tick as do_what_is_due

    ticked = do_what_is_due(opened(), Settings(), clock.now)
    done = ticked.notices
    if as_json:
        figures = {
            "sent": done.sent,
            "failed": done.failed,
            "given_up": done.given_up,
            "waiting": done.waiting,
        }
        orders = {"escalated": ticked.escalated, "superseded": ticked.superseded}
        print_json({"notices": figures, **orders})
        return
    if ticked.escalated:
        typer.echo(tr_n("{n} delay passed on.", "{n} delays passed on.", ticked.escalated))
    if ticked.superseded:
        typer.echo(
            tr_n(
                "{n} order superseded by another.",
                "{n} orders superseded by others.",
                ticked.superseded,
            )
        )
    typer.echo(
        tr_n(
            "{n} notice sent, {failed} failed ({given_up} given up), {waiting} waiting.",
            "{n} notices sent, {failed} failed ({given_up} given up), {waiting} waiting.",
            done.sent,
            failed=done.failed,
            given_up=done.given_up,
            waiting=done.waiting,
        )
    )


def _as_json(row: Listed) -> dict[str, Any]:
    moments = {
        name: None if getattr(row, name) is None else getattr(row, name).isoformat()
        for name in ("next_try_at", "sent_at", "given_up_at")
    }
    return {
        "notice": row.outbox_id,
        "order": row.number,
        "subscription": row.subscription_id,
        "kind": row.kind.value,
        "address": row.address,
        "tries": row.tries,
        **moments,
        "last_error": row.last_error or None,
    }


def _state(row: Listed) -> str:
    from zoning.i18n.forms import moment

    if row.sent_at is not None:
        return tr("sent {at}", at=moment(row.sent_at))
    if row.given_up_at is not None:
        return tr("given up {at}", at=moment(row.given_up_at))
    if row.next_try_at is None:
        return ""
    return tr("{n} tries, next {at}", n=row.tries, at=moment(row.next_try_at))
