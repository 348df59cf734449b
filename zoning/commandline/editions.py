"""`zoning editions`: which boundaries are known and in force, and the switch between them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(invoke_without_command=True)


@app.callback()
def editions(context: typer.Context, as_json: AsJson = False) -> None:
    """List the editions, the one brought in last first."""
    if context.invoked_subcommand is not None:
        return
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.workflow.editions import list_editions

    listed = list_editions(opened(), clock.now())
    if as_json:
        rows = [
            {
                "edition": item.edition.edition_id,
                "import": item.edition.import_id,
                "file": item.edition.file_name,
                "levels": list(item.edition.levels),
                "valid_from": item.edition.valid_from.isoformat(),
                "is_in_force": item.is_in_force,
            }
            for item in listed
        ]
        print_json({"editions": rows})
        return
    for item in listed:
        line = tr(
            "{id}  {file}  {levels}  from {at}",
            id=item.edition.edition_id,
            file=item.edition.file_name,
            levels=", ".join(item.edition.levels),
            at=moment(item.edition.valid_from),
        )
        typer.echo(tr("{line}  in force", line=line) if item.is_in_force else line)


@app.command(epilog=tr("Example: zoning editions use 4"))
def use(
    edition: Annotated[int, typer.Argument(help=tr("Number of the edition."))],
    valid_from: Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help=tr("First day; now if left out.")),
    ] = None,
) -> None:
    """Put an edition in force; old zones and cases keep theirs."""
    from zoning import clock
    from zoning.workflow.editions import switch_to

    since = None if valid_from is None else valid_from.replace(tzinfo=clock.IST)
    switch_to(opened(), edition, since, clock.now(), who())
    typer.echo(
        tr("Edition {id} is in force. To go back: zoning editions back", id=edition)
        if since is None or since <= clock.now()
        else tr("Edition {id} will be in force from that day.", id=edition)
    )


@app.command(epilog=tr("Example: zoning editions back"))
def back(
    booths: Annotated[bool, typer.Option("--booths", help=tr("The edition of booths."))] = False,
) -> None:
    """Undo the latest switch: the edition before it is in force again."""
    from zoning import clock
    from zoning.workflow.editions import switch_back

    undone = switch_back(opened(), clock.now(), who(), is_booths=booths)
    typer.echo(tr("Edition {id} is no longer in force.", id=undone.edition_id))


@app.command(epilog=tr("Example: zoning editions diff 4"))
def diff(
    edition: Annotated[int, typer.Argument(help=tr("Number of the edition."))],
    against: Annotated[
        int | None, typer.Option(help=tr("Number of the other; the one in force if left out."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what an edition changes against another: new, gone, split, merged, moved, renamed."""
    from math import isnan

    from zoning import clock
    from zoning.places.change_words import describe_change
    from zoning.places.changes import ChangeKind
    from zoning.workflow.editions import compare

    found = compare(opened(), edition, against, clock.now())
    if as_json:
        changes = [
            {
                "kind": change.kind.value,
                "old": list(change.old_ids),
                "new": list(change.new_ids),
                "moved_ha": None if isnan(change.moved_ha) else round(change.moved_ha, 4),
            }
            for change in found.changes
        ]
        print_json({"old": found.old.edition_id, "new": found.new.edition_id, "changes": changes})
        return
    told = [c for c in found.changes if c.kind is not ChangeKind.SAME]
    for change in told:
        typer.echo(describe_change(change))
    typer.echo(
        tr(
            "{n} changes; {same} units stay as they are.",
            n=len(told),
            same=len(found.changes) - len(told),
        )
    )
