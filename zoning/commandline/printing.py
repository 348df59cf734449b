"""What commands print: one JSON object, or sentences."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from zoning.errors import printable
from zoning.i18n.catalogue import tr
from zoning.model import RowAccount

AsJson = Annotated[bool, typer.Option("--json", help=tr("Print one JSON object."))]
RuleId = Annotated[str, typer.Option("--rule", help=tr("Rule set; the settings' if left out."))]

SHOWN_FINDINGS = 10


def print_json(value: object) -> None:
    """Print one JSON object on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, allow_nan=False))


def print_account(account: RowAccount, *, as_json: bool) -> None:
    """Print what became of every row."""
    if as_json:
        print_json(account.as_json())
        return
    typer.echo(
        tr(
            "{taken} of {read} rows taken, {rejected} rejected, {n} findings.",
            taken=account.taken,
            read=account.read,
            rejected=account.rejected,
            n=len(account.findings),
        )
    )
    # What cost a row comes first, then what is said of the whole file.
    ordered = sorted(account.findings, key=lambda finding: (not finding.rejects, finding.row))
    for finding in ordered[:SHOWN_FINDINGS]:
        typer.echo(
            tr("  row {row}: {message}", row=finding.row, message=printable(finding.message))
        )
    if len(account.findings) > SHOWN_FINDINGS:
        typer.echo(
            tr("  … {n} more; see them all with --json", n=len(account.findings) - SHOWN_FINDINGS)
        )
