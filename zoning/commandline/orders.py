"""`zoning orders ...`: what was ordered, and its papers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.database import opened
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(no_args_is_help=True)


@app.callback()
def orders() -> None:
    """List orders, and write their papers."""


@app.command("list", epilog=tr("Example: zoning orders list"))
def list_all(as_json: AsJson = False) -> None:
    """List the orders, the one that takes effect last first."""
    from zoning.store.orders import list_orders

    with opened().reading() as session:
        records = list_orders(session)
    rows = [
        {
            "number": record.order.number,
            "kind": record.kind.value,
            "title": record.order.title,
            "effective_at": record.order.effective_at.isoformat(),
            "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
        }
        for record in records
    ]
    if as_json:
        print_json({"orders": rows})
        return
    for row in rows:
        typer.echo(
            tr(
                "{number} ({kind}), from {at}: {title}",
                number=row["number"],
                kind=row["kind"],
                at=row["effective_at"],
                title=row["title"],
            )
        )


@app.command(epilog=tr("Example: zoning orders paper Z-20200804-1 order/"))
def paper(
    number: Annotated[str, typer.Argument(help=tr("Number of the order."))],
    out: Annotated[Path, typer.Argument(help=tr("Folder to write; it mustn't exist yet."))],
) -> None:
    """Write an order as a draft on paper: PDF, HTML, JSON, map, press note, sealed annex."""
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.order_papers import write_papers

    settings = Settings()
    written = write_papers(opened(), settings, GroundShelf(settings.cache_dir), number, out)
    typer.echo(tr("{folder} written.", folder=written.folder))
