"""The command line: parses, calls a use case, prints.

Exit status 0 is done; 2 is refused, with one sentence and nothing written; 1 is a
fault of ours, with a reference to the log. What a command needs is imported
inside it, so that none pays for the others.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable

import typer
from typer.exceptions import TyperException

from zoning.commandline import (
    backup,
    boundaries,
    changes,
    checking,
    containment,
    database,
    delineating,
    deviations,
    draft_steps,
    editions,
    exporting,
    feeds,
    files,
    history,
    importing,
    known,
    measures,
    notices,
    officers,
    orders,
    queue,
    where,
)
from zoning.errors import SeemanaError
from zoning.i18n.catalogue import tr
from zoning.lean import collect_rarely

app = typer.Typer(
    name="zoning",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=tr("Zones, categories, orders and the facts behind them."),
)
app.add_typer(files.app)
app.add_typer(delineating.app)
app.add_typer(measures.app)
app.add_typer(where.app)
app.add_typer(database.app)
app.add_typer(changes.app)
app.add_typer(known.app)
app.add_typer(history.app)
app.add_typer(backup.app)
app.add_typer(checking.app)
app.add_typer(notices.tick_app)
app.add_typer(notices.app, name="notices", help=tr("Who is told of orders, and what waits."))
app.add_typer(feeds.app, name="feeds", help=tr("Who reports, and who is silent."))
app.add_typer(editions.app, name="editions", help=tr("Boundary editions, and which is in force."))
app.add_typer(officers.app, name="officers", help=tr("Who is posted where, and transfers."))
app.add_typer(queue.app, name="queue", help=tr("Cases that wait for a place."))
app.add_typer(importing.app, name="import", help=tr("Take a file into the database."))
app.add_typer(containment.app, name="containment", help=tr("Containment zones: see, weigh, end."))
app.add_typer(orders.app, name="orders", help=tr("Orders, and their papers."))
app.add_typer(deviations.app, name="deviations", help=tr("Deviations, and relaxations withdrawn."))
app.add_typer(draft_steps.app, name="drafts", help=tr("Orders from the first draft on."))
app.add_typer(exporting.app, name="export", help=tr("Write what is in force as files."))
app.add_typer(boundaries.app, name="boundaries", help=tr("List open boundaries, or fetch them."))


def _misuse(fault: TyperException) -> str:
    message = str(getattr(fault, "message", fault)).strip()
    if "\n" in message:
        return message
    return tr("{fault}. See zoning --help.", fault=message.rstrip("."))


def run(command: Callable[[], object]) -> int:
    """Run a command and return its exit status; a refusal is one sentence on stderr."""
    try:
        with warnings.catch_warnings():
            # What libraries grumble about is no sentence for the user; -W shows it to developers.
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            status = command()
    except SeemanaError as refusal:
        typer.echo(str(refusal), err=True)
        return 2
    except TyperException as misuse:
        typer.echo(_misuse(misuse), err=True)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    except Exception as fault:  # noqa: BLE001 - the last resort before the user
        from zoning.faults import record_fault

        typer.echo(record_fault(fault), err=True)
        return 1
    return status if isinstance(status, int) else 0


def main() -> None:
    """Console script `zoning`."""
    collect_rarely()
    sys.exit(run(lambda: app(standalone_mode=False)))


if __name__ == "__main__":
    main()
