"""`zoning drafts send`, `answer`, `return`, `approve`, `publish`, `withdraw`: steps of a draft."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.draft_content import draft_as_json, draft_in_words
from zoning.commandline.drafts import DraftId, Version, app
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

__all__ = ["app"]

if TYPE_CHECKING:
    from zoning.store.engine import Store
    from zoning.workflow.drafting import Draft

Note = Annotated[str, typer.Option(help=tr("Why; it is kept with the step."))]


@app.command(epilog=tr("Example: zoning drafts send 3"))
def send(draft: DraftId, version: Version = None, as_json: AsJson = False) -> None:
    """Send a draft to consultation; the clocks of its offices start."""
    from zoning import clock
    from zoning.workflow import drafting

    store, at = opened(), clock.now()
    seen = _seen(store, draft, version, at)
    _print(drafting.send(store, draft, seen, at, who()), as_json=as_json)


@app.command(epilog=tr("Example: zoning drafts answer 3 police agrees --reference L/12"))
def answer(
    draft: DraftId,
    office: Annotated[str, typer.Argument(help=tr("home, police or health."))],
    says: Annotated[str, typer.Argument(help=tr("agrees, objects or remarks."))],
    note: Annotated[str, typer.Option(help=tr("In words; needed unless it agrees."))] = "",
    reference: Annotated[str, typer.Option(help=tr("Number of the letter."))] = "",
    held_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day of the consultation; today.")),
    ] = None,
) -> None:
    """Write what an office says to a draft."""
    from zoning import clock
    from zoning.workflow.consulting import answer as answer_for

    at = clock.now()
    day = clock.today_ist(at) if held_on is None else held_on.date()
    answer_for(opened(), draft, office, says, note, reference, day, at, who())
    typer.echo(tr("Taken down."))


@app.command("return", epilog=tr("Example: zoning drafts return 3 --note 'ward 7 is missing'"))
def give_back(draft: DraftId, note: Note, version: Version = None, as_json: AsJson = False) -> None:
    """Make it a draft again; its offices will be asked anew."""
    from zoning import clock
    from zoning.workflow import drafting

    store, at = opened(), clock.now()
    seen = _seen(store, draft, version, at)
    _print(drafting.give_back(store, draft, seen, note, at, who()), as_json=as_json)


@app.command(epilog=tr("Example: zoning drafts approve 3"))
def approve(
    draft: DraftId, note: Note = "", version: Version = None, as_json: AsJson = False
) -> None:
    """Approve a draft that all offices have answered."""
    from zoning import clock
    from zoning.workflow import drafting

    store, at = opened(), clock.now()
    seen = _seen(store, draft, version, at)
    _print(drafting.approve(store, draft, seen, at, who(), note), as_json=as_json)


@app.command(epilog=tr("Example: zoning drafts publish 3"))
def publish(draft: DraftId, version: Version = None, as_json: AsJson = False) -> None:
    """Publish an approved draft as an order."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.settings import Settings
    from zoning.workflow.drafting import publish_draft
    from zoning.workflow.ground import GroundShelf

    settings = Settings()
    store, at = opened(), clock.now()
    order = publish_draft(
        store,
        GroundShelf(settings.cache_dir),
        draft,
        _seen(store, draft, version, at),
        at,
        who(),
        self_delineating=settings.self_delineating_ids,
    )
    if as_json:
        print_json({"number": order.number, "effective_at": order.effective_at.isoformat()})
        return
    typer.echo(
        tr(
            "Order {number} takes effect on {at}.",
            number=order.number,
            at=moment(order.effective_at),
        )
    )


@app.command(epilog=tr("Example: zoning drafts withdraw 3 --note 'overtaken by the next run'"))
def withdraw(draft: DraftId, note: Note, version: Version = None, as_json: AsJson = False) -> None:
    """End a draft that became no order."""
    from zoning import clock
    from zoning.workflow import drafting

    store, at = opened(), clock.now()
    seen = _seen(store, draft, version, at)
    _print(drafting.withdraw(store, draft, seen, note, at, who()), as_json=as_json)


@app.command("withdraw-order", epilog=tr("Example: zoning drafts withdraw-order HS/1 --reason ..."))
def withdraw_order(
    number: Annotated[str, typer.Argument(help=tr("Number of the order."))],
    reason: Annotated[str, typer.Option(help=tr("Why."))],
) -> None:
    """Withdraw a published order; what lay beneath it is in force again."""
    from zoning import clock
    from zoning.workflow import drafting

    drafting.withdraw_order(opened(), number, reason, clock.now(), who())
    typer.echo(tr("Order {number} is withdrawn.", number=number))


def _seen(store: Store, draft: int, version: int | None, at: datetime) -> int:
    from zoning.workflow.drafting import get

    return get(store, draft, who(), at).version if version is None else version


def _print(draft: Draft, *, as_json: bool) -> None:
    if as_json:
        print_json(draft_as_json(draft))
        return
    typer.echo(draft_in_words(draft))
