"""`zoning feeds`: who reports, through which day, and who is silent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, RuleId, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(invoke_without_command=True)


@app.callback()
def feeds(context: typer.Context, rule: RuleId = "", as_json: AsJson = False) -> None:
    """List the feeds, the one in most need of a call first."""
    if context.invoked_subcommand is not None:
        return
    from zoning import clock
    from zoning.i18n.forms import day
    from zoning.settings import Settings
    from zoning.workflow.feeds import feed_board

    settings = Settings()
    board = feed_board(opened(), rule or settings.default_rule, clock.now())
    if as_json:
        rows = [
            {
                "feed": row.feed.feed_id,
                "name": row.feed.name,
                "kind": row.feed.kind,
                "rhythm_days": row.feed.rhythm_days,
                "scope": list(row.feed.scope),
                "reported_through": None
                if row.feed.reported_through is None
                else row.feed.reported_through.isoformat(),
                "state": row.state.value,
                "behind_days": row.behind_days,
                "units": row.units,
            }
            for row in board
        ]
        print_json({"feeds": rows})
        return
    for row in board:
        through = row.feed.reported_through
        typer.echo(
            tr(
                "{state}  {feed}  {kind}  complete through {day}, {units} units",
                state=row.state.value,
                feed=row.feed.feed_id or tr("(unnamed)"),
                kind=row.feed.kind,
                day=tr("no day") if through is None else day(through),
                units=row.units,
            )
        )


@app.command(epilog=tr("Example: zoning feeds add howrah --name 'Howrah district' --for 303"))
def add(
    feed: Annotated[str, typer.Argument(help=tr("Key of the feed."))],
    name: Annotated[str, typer.Option(help=tr("Name of who reports."))] = "",
    kind: Annotated[str, typer.Option(help=tr("cases or tests."))] = "cases",
    rhythm_days: Annotated[int, typer.Option(help=tr("Days between two reports."))] = 0,
    scope: Annotated[
        list[str] | None,
        typer.Option("--for", help=tr("Unit it speaks for, of any level; may be repeated.")),
    ] = None,
) -> None:
    """Make a feed known, or what is agreed anew about it."""
    from zoning import clock
    from zoning.errors import InputError
    from zoning.store.feeds import KINDS, NewFeed
    from zoning.store.imports import ImportKind
    from zoning.surveillance.feeds import default_rhythm_days
    from zoning.workflow.feeds import put_feed

    if kind not in set(KINDS):
        raise InputError(
            tr("--kind is {kind}; it must be one of {known}.", kind=kind, known=", ".join(KINDS))
        )
    new = NewFeed(
        feed,
        name or feed,
        ImportKind(kind),
        rhythm_days or default_rhythm_days(),
        tuple(scope or ()),
    )
    put_feed(opened(), new, clock.now(), who())
    typer.echo(tr("Feed {feed} is known.", feed=feed))


@app.command(epilog=tr("Example: zoning feeds close howrah"))
def close(feed: Annotated[str, typer.Argument(help=tr("Key of the feed."))]) -> None:
    """End a feed; its units are spoken for by the others from now on."""
    from zoning import clock
    from zoning.workflow.feeds import close_feed

    close_feed(opened(), feed, clock.now(), who())
    typer.echo(tr("Feed {feed} is closed.", feed=feed))


@app.command(epilog=tr("Example: zoning feeds nil howrah --through 2020-05-18"))
def nil(
    feed: Annotated[str, typer.Argument(help=tr("Key of the feed."))],
    through: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help=tr("Day through which it is complete."))
    ],
) -> None:
    """Take in that a feed had no further case through a day."""
    from zoning import clock
    from zoning.i18n.forms import day
    from zoning.workflow.imports import report_nil

    report_nil(opened(), feed, through.date(), clock.now(), who())
    typer.echo(tr("Feed {feed} is complete through {day}.", feed=feed, day=day(through.date())))
