"""`zoning boundaries …`: which open boundaries there are, and bringing one in."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.workflow.fetching import FetchedBoundaries

app = typer.Typer(no_args_is_help=True)

Catalogue = Annotated[
    Path | None,
    typer.Option(help=tr("Another catalogue than the one of this product (TOML).")),
]


@app.command("list", epilog=tr("Example: zoning boundaries list"))
def list_(catalogue: Catalogue = None, as_json: AsJson = False) -> None:
    """List the sources of open boundaries, and which of them are here."""
    from zoning.fetch.catalogue import SOURCES_FILE
    from zoning.i18n.forms import moment
    from zoning.settings import Settings
    from zoning.workflow.fetching import boundaries_folder, list_boundary_sources

    listed = list_boundary_sources(boundaries_folder(Settings()), catalogue or SOURCES_FILE)
    if as_json:
        print_json({"sources": [entry.as_json() for entry in listed]})
        return
    for entry in listed:
        state = tr("not here")
        if entry.source.is_page:
            state = tr("a page to choose files from")
        elif entry.path is not None:
            at = entry.receipt.fetched_at if entry.receipt else None
            state = tr("here, put there by hand")
            if at is not None:
                state = tr("fetched {at}", at=moment(at))
        typer.echo(
            tr(
                "{name}\n  {title}\n  {level}; {licence}; {state}",
                name=entry.source.name,
                title=entry.source.title,
                level=entry.source.level,
                licence=entry.source.licence or tr("no licence stated"),
                state=state,
            )
        )


@app.command(epilog=tr("Example: zoning boundaries fetch kolkata-wards"))
def fetch(
    name: Annotated[
        str, typer.Argument(help=tr("Source, as `list` names it."), show_default=False)
    ],
    to: Annotated[
        Path | None,
        typer.Option(help=tr("Folder for the file; the one of this product if left out.")),
    ] = None,
    accept_change: Annotated[
        bool,
        typer.Option("--accept-change", help=tr("Take a content that differs from the last one.")),
    ] = False,
    without_licence: Annotated[
        bool,
        typer.Option("--without-licence", help=tr("Fetch what nobody grants anything on.")),
    ] = False,
    catalogue: Catalogue = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a file of boundaries, check it, and say how it is imported."""
    from zoning import clock
    from zoning.fetch.catalogue import SOURCES_FILE
    from zoning.settings import Settings
    from zoning.workflow.fetching import FetchOrder, boundaries_folder, fetch_boundaries

    order = FetchOrder(
        name=name,
        folder=to or boundaries_folder(Settings()),
        at=clock.now(),
        catalogue=catalogue or SOURCES_FILE,
        is_change_accepted=accept_change,
        is_without_licence=without_licence,
    )
    with _shown_progress(name) as told:
        fetched = fetch_boundaries(order, told, _wait)
    if as_json:
        print_json(fetched.as_json())
        return
    for line in _lines(fetched):
        typer.echo(line)


def _lines(fetched: FetchedBoundaries) -> Iterator[str]:
    from zoning.fetch.download import Outcome
    from zoning.i18n.forms import number

    source, file = fetched.source, fetched.download
    yield source.title
    if source.is_open:
        yield tr("Licence: {licence}.", licence=source.licence)
    else:
        yield tr("No licence is stated: nothing is granted, and you answer for its use.")
    yield tr("Credit: {credit} ({where}).", credit=source.credit, where=source.repository)
    if source.note:
        yield tr("Note: {note}", note=source.note)
    n = number(file.n_bytes)
    match file.outcome:
        case Outcome.FETCHED:
            yield tr("Fetched: {path} ({n} bytes).", path=file.path, n=n)
        case Outcome.UNCHANGED:
            yield tr("Here already, and unchanged: {path} ({n} bytes).", path=file.path, n=n)
        case Outcome.REPLACED:
            yield tr("Put in place of the former one: {path} ({n} bytes).", path=file.path, n=n)
    if file.is_verified:
        yield tr("sha256: {sha256}, as in the catalogue.", sha256=file.sha256)
    else:
        yield tr(
            "sha256: {sha256}. The catalogue names none; it is kept, so that a change is noticed.",
            sha256=file.sha256,
        )
    if fetched.is_mapping_kept:
        yield tr(
            "{mapping} was here with another content and stays so; remove it to have it written "
            "anew.",
            mapping=fetched.mapping_file,
        )
    yield tr("Import it with: {command}", command=fetched.command)


@contextmanager
def _shown_progress(name: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """Show on a terminal how far it is; give None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(name, total=None)
        yield lambda n_bytes, total_bytes: bar.update(task, completed=n_bytes, total=total_bytes)


def _wait(seconds: float) -> None:
    if sys.stderr.isatty():
        typer.echo(tr("Waiting {n} seconds for the server.", n=int(seconds)), err=True)
    time.sleep(seconds)
