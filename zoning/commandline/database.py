"""Commands on the database: set up, demonstrate, propose, publish, serve."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.dividing import divided_as_json, divided_in_words
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.store.engine import Store

app = typer.Typer()
imports_app = typer.Typer(invoke_without_command=True)
app.add_typer(imports_app, name="imports", help=tr("List imports, or take one back."))

DEFAULT_PORT = 8501


def who() -> str:
    """Return who works at this terminal, for the audit."""
    from zoning.workflow.actor import local_user

    return local_user()


def opened() -> Store:
    """Return the database of the settings."""
    from zoning.settings import Settings
    from zoning.store.engine import open_store

    return open_store(Settings().store_url)


@app.command(epilog=tr("Example: zoning setup"))
def setup() -> None:
    """Create the database, or bring it to this version."""
    from zoning.settings import Settings
    from zoning.workflow.setup import lacks_roles, set_up

    store = set_up(Settings())
    typer.echo(tr("Ready: {where}.", where=store.where))
    if lacks_roles(store):
        typer.echo(
            tr(
                "This user may not make database roles, so areas are kept apart by Seemana alone: "
                "grant it createrole, and run “zoning setup” again."
            )
        )


@app.command(epilog=tr("Example: zoning demo"))
def demo() -> None:
    """Load the fictional district and put its zones in force."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.setup import load_demonstration, set_up

    settings = Settings()
    n = load_demonstration(set_up(settings), settings, clock.now())
    typer.echo(tr("The fictional district is loaded: {n} units, an order in force.", n=n))


@app.command(epilog=tr("Example: zoning propose --on 2020-05-18"))
def propose(
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help=tr("Day judged; the last complete one if left out.")
        ),
    ] = None,
    rule: Annotated[
        str, typer.Option(help=tr("Rule set; the one of the settings if left out."))
    ] = "",
    policy: Annotated[
        str,
        typer.Option(help=tr("What makes a booth affected; the present default if left out.")),
    ] = "",
    buffer_m: Annotated[
        float | None, typer.Option(help=tr("Width of the buffer in metres; the policy's own."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Judge the units in force from the facts known now, divide them, and keep the result."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.decisions import Containing
    from zoning.workflow.decisions import propose as propose_zones
    from zoning.workflow.ground import GroundShelf

    settings = Settings()
    day = None if on is None else on.date()
    proposal = propose_zones(
        open_store(settings.store_url),
        rule or settings.default_rule,
        day,
        clock.now(),
        who(),
        Containing(GroundShelf(settings.cache_dir), policy, buffer_m),
    )
    zones = proposal.result.zone
    counts = {zone: int((zones == zone).sum()) for zone in dict.fromkeys(sorted(zones))}
    if as_json:
        print_json(
            {"run": proposal.run_id, "rule": proposal.result.rule_id, "units": counts}
            | divided_as_json(proposal)
        )
        return
    typer.echo(
        tr(
            "Run {run}: {units} ({rule}, {on}). Put it in force with: zoning publish",
            run=proposal.run_id,
            units=", ".join(f"{n} {zone}" for zone, n in counts.items()),
            rule=proposal.result.rule_id,
            on=proposal.result.on,
        )
    )
    if proposal.delineation is not None:
        typer.echo(divided_in_words(proposal))


@app.command(epilog=tr("Example: zoning publish --run 3"))
def publish(
    run: Annotated[
        int | None, typer.Option(help=tr("Run to publish; the latest if left out."))
    ] = None,
) -> None:
    """Publish the zones of a run as an order in force from now."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.decisions import publish as publish_zones

    order = publish_zones(open_store(Settings().store_url), clock.now(), who(), run)
    typer.echo(tr("Order {number} is in force.", number=order.number))


@app.command(epilog=tr("Example: zoning site public"))
def site(
    out: Annotated[Path, typer.Argument(help=tr("Folder to write; it mustn't exist yet."))],
) -> None:
    """Write the zones in force for the public: a page and JSON, without any count."""
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.site import write_site

    settings = Settings()
    n = write_site(open_store(settings.store_url), settings, out)
    typer.echo(tr("{n} units written to {out}.", n=n, out=out))


@app.command(epilog=tr("Example: zoning serve --port 8502"))
def serve(
    port: Annotated[int, typer.Option(help=tr("Port on the loopback address."))] = DEFAULT_PORT,
    address: Annotated[
        str,
        typer.Option(help=tr("Address to listen on; another than this machine's needs sign-in.")),
    ] = "127.0.0.1",
) -> None:
    """Set up, load the demonstration into an empty database, and serve the map."""
    from zoning.settings import Settings
    from zoning.workflow.service import (
        become_server,
        prepare,
        refuse_busy_port,
        refuse_open_address,
    )
    from zoning.workflow.sign_in import refuse_incomplete, refuse_without_library

    settings = Settings()
    refuse_incomplete(settings)
    refuse_without_library(settings)
    refuse_open_address(settings, address)
    refuse_busy_port(port, address)
    if prepare(settings):
        typer.echo(tr("The database was empty: the fictional district is loaded."))
    typer.echo(tr("Seemana: http://{address}:{port}", address=address, port=port))
    become_server(port, address)


@imports_app.callback()
def imports(context: typer.Context, as_json: AsJson = False) -> None:
    """List imports, newest first."""
    if context.invoked_subcommand is not None:
        return
    from zoning.i18n.forms import moment
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.imports import imports as all_imports

    records = all_imports(open_store(Settings().store_url))
    if as_json:
        print_json(
            {
                "imports": [
                    {
                        "import": r.import_id,
                        "kind": r.kind,
                        "file": r.file_name,
                        "rows": r.account.as_json()["rows"],
                        "imported_at": r.imported_at.isoformat(),
                        "undone_at": None if r.undone_at is None else r.undone_at.isoformat(),
                    }
                    for r in records
                ]
            }
        )
        return
    for r in records:
        line = tr(
            "{id}  {kind}  {file}  {taken} of {read} rows  {at}  {who}",
            id=r.import_id,
            kind=r.kind,
            file=r.file_name,
            taken=r.account.taken,
            read=r.account.read,
            at=moment(r.imported_at),
            who=r.imported_by,
        )
        typer.echo(line if r.undone_at is None else tr("{line}  undone", line=line))


@imports_app.command(epilog=tr("Example: zoning imports undo 3"))
def undo(import_id: Annotated[int, typer.Argument(help=tr("Number of the import."))]) -> None:
    """Take an import back."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.imports import undo as undo_import

    record = undo_import(open_store(Settings().store_url), import_id, clock.now(), who())
    typer.echo(tr("Import {id} ({file}) is undone.", id=import_id, file=record.file_name))
