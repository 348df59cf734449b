"""`zoning backup` and `zoning restore`: the database as one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from zoning.commandline.database import who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.store.backup_file import Manifest

app = typer.Typer()

BackupFile = Annotated[Path, typer.Argument(help=tr("The backup."), show_default=False)]


@app.command(epilog=tr("Example: zoning backup seemana-2020-05-18.backup"))
def backup(
    file: BackupFile,
    verify: Annotated[
        bool, typer.Option("--verify", help=tr("Check a backup; write nothing."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole database into one file, while others go on working."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.backup import back_up
    from zoning.workflow.backup import verify as verify_backup

    manifest = verify_backup(file) if verify else back_up(Settings(), file, clock.now(), who())
    if as_json:
        print_json(_as_json(manifest))
        return
    words = _words(file, manifest)
    typer.echo(
        tr("{file} is whole: {n} rows as of {at}, by {who}.", **words)
        if verify
        else tr(
            "{n} rows are in {file}. It holds personal data: guard it like the database.", **words
        )
    )


@app.command(epilog=tr("Example: zoning restore seemana-2020-05-18.backup --replace"))
def restore(
    file: BackupFile,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=tr("Replace a database that holds data; it is kept aside.")),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put the database of a backup in place, and bring it to this version."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.backup import restore_from

    done = restore_from(Settings(), file, clock.now(), who(), is_replacing=replace)
    if as_json:
        print_json({**_as_json(done.manifest), "database": done.where, "kept_as": done.kept_as})
        return
    typer.echo(
        tr(
            "{where} is as it was at {at}: {n} rows.",
            where=done.where,
            **_words(file, done.manifest),
        )
    )
    if done.kept_as:
        typer.echo(tr("The database before is kept as {name}.", name=done.kept_as))


def _words(file: Path, manifest: Manifest) -> dict[str, object]:
    from zoning.i18n.forms import moment

    return {
        "file": file,
        "n": sum(manifest.rows.values()),
        "at": moment(manifest.made_at),
        "who": manifest.made_by,
    }


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "kind": manifest.kind,
        "program": manifest.program,
        "revision": manifest.revision,
        "made_at": manifest.made_at.isoformat(),
        "made_by": manifest.made_by,
        "rows": dict(manifest.rows),
        "size_bytes": manifest.size_bytes,
        "sha256": manifest.sha256,
    }
