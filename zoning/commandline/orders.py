"""`zoning orders ...`: what was ordered, its papers, and the proof that an annex is unaltered."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(no_args_is_help=True)

Number = Annotated[str, typer.Argument(help=tr("Number of the order."))]
Folder = Annotated[Path, typer.Option(help=tr("Folder to write; it mustn't exist yet."))]
Language = Annotated[
    str, typer.Option("--language", help=tr("en or bn; both if left out."), show_default=False)
]


@app.callback()
def orders() -> None:
    """List orders, write their papers, prove their annexes."""


@app.command("list", epilog=tr("Example: zoning orders list"))
def list_all(as_json: AsJson = False) -> None:
    """List the orders, the one that takes effect last first."""
    from zoning.store.order_parts import annex_hashes
    from zoning.store.orders import list_orders

    with opened().reading() as session:
        records, hashes = list_orders(session), annex_hashes(session)
    rows = [
        {
            "number": record.order.number,
            "kind": record.kind.value,
            "title": record.order.title,
            "effective_at": record.order.effective_at.isoformat(),
            "ended_at": None if record.ended_at is None else record.ended_at.isoformat(),
            "annex_sha256": hashes.get(record.order_id),
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


@app.command(epilog=tr("Example: zoning orders paper Z-20200804-1 --out order --language bn"))
def paper(number: Number, out: Folder, language: Language = "", as_json: AsJson = False) -> None:
    """Write what everyone may read of an order: PDF, HTML, JSON, map and press note."""
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.order_papers import write_papers

    shelf = GroundShelf(Settings().cache_dir)
    written = write_papers(opened(), shelf, number, out, *_languages(language))
    if as_json:
        print_json({"folder": str(written.folder), "sha256": dict(written.sha256)})
        return
    typer.echo(tr("{folder} written.", folder=written.folder))


@app.command("draft-paper", epilog=tr("Example: zoning orders draft-paper 3 --out draft"))
def draft_paper(
    draft: Annotated[int, typer.Argument(help=tr("Number of the draft."))],
    out: Folder,
    language: Language = "",
) -> None:
    """Write a draft as it would print now; every page says that it isn't in force."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.draft_papers import write_draft_papers
    from zoning.workflow.ground import GroundShelf

    settings = Settings()
    written = write_draft_papers(
        opened(),
        GroundShelf(settings.cache_dir),
        draft,
        out,
        clock.now(),
        who(),
        *_languages(language),
        self_delineating=settings.self_delineating_ids,
    )
    typer.echo(tr("{folder} written; it isn't in force.", folder=written.folder))


@app.command(epilog=tr("Example: zoning orders annex Z-20200804-1 --out annex.json"))
def annex(
    number: Number,
    out: Annotated[Path, typer.Option(help=tr("File to write; it mustn't exist yet."))],
) -> None:
    """Write the sealed annex of an order, byte for byte as it was sealed; the audit tells of it."""
    from zoning import clock
    from zoning.workflow.annexes import open_annex
    from zoning.writers.papers.folder import refuse_taken, write_sealed

    refuse_taken(out)
    opened_annex = open_annex(opened(), number, clock.now(), who())
    write_sealed(out, opened_annex.sealed)
    typer.echo(
        tr(
            "{file} written; for officers only. Order {number} prints its hash: {hash}",
            file=out,
            number=number,
            hash=opened_annex.printed,
        )
    )


@app.command(epilog=tr("Example: zoning orders verify annex.json Z-20200804-1"))
def verify(
    file: Annotated[Path, typer.Argument(help=tr("The annex as somebody shows it."))],
    number: Number,
    as_json: AsJson = False,
) -> None:
    """Compare a file with the hash that an order prints."""
    from zoning.errors import InputError
    from zoning.workflow.annexes import verify_file

    try:
        data = file.read_bytes()
    except OSError as fault:
        raise InputError(
            tr("{file} can't be read: {fault}.", file=file, fault=fault.strerror or fault)
        ) from fault
    found = verify_file(opened(), data, number)
    if as_json:
        print_json(
            {
                "number": number,
                "is_same": found.is_same,
                "is_kept_whole": found.is_kept_whole,
                "printed": found.printed,
                "of_file": found.of_file,
            }
        )
    elif found.is_same:
        typer.echo(
            tr("Unaltered: {file} is the annex of order {number}.", file=file, number=number)
        )
    else:
        typer.echo(
            tr(
                "{file} isn't the annex of order {number}: the order prints {printed}, the file "
                "has {of_file}.",
                file=file,
                number=number,
                printed=found.printed,
                of_file=found.of_file,
            )
        )
    if not (found.is_same and found.is_kept_whole):
        if not found.is_kept_whole:
            typer.echo(
                tr(
                    "The annex in the database isn't the one that order {number} prints either: "
                    "run “zoning check”.",
                    number=number,
                ),
                err=True,
            )
        raise typer.Exit(2)


@app.command("state-return", epilog=tr("Example: zoning orders state-return --on 2020-08-04"))
def state_return(
    out: Folder,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=tr("Day; today if left out."))
    ] = None,
    language: Language = "",
) -> None:
    """Write the state return of a day: by district what is in force, on one page, for officers."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.returning import write_return

    settings, now = Settings(), clock.now()
    day = clock.today_ist(now) if on is None else on.date()
    shelf = GroundShelf(settings.cache_dir)
    written = write_return(opened(), settings, shelf, day, out, now, who(), *_languages(language))
    typer.echo(tr("{folder} written; for officers only.", folder=written.folder))


def _languages(language: str) -> tuple[tuple[str, ...], ...]:
    """Return what limits the papers to a language, nothing where none is named."""
    return ((language,),) if language else ()
