"""Rows that were refused or found no place, as a file to correct and send again."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from zoning.model import Finding
from zoning.writers.drafts import drafted


def drafted_rejects(
    findings: Iterable[Finding], path: Path, unlocated: Collection[str] = ()
) -> AbstractContextManager[None]:
    """Write one line a finding (row, what became of it, code, message) beside its place.

    The file appears when the block ends.

    Parameters
    ----------
    findings : Iterable[Finding]
        Faults of rows.
    path : Path
        CSV to write.
    unlocated : Collection[str]
        Codes that mean a row was taken and has no place.

    Raises
    ------
    OutputError
        If the file can't be written; nothing is left half-written.
    """

    def write(draft: Path) -> None:
        with draft.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file, lineterminator="\n")
            lines.writerow(("row", "outcome", "code", "message"))
            for finding in sorted(findings, key=lambda f: (f.row, f.code)):
                outcome = "noted"
                if finding.rejects:
                    outcome = "rejected"
                elif finding.code in unlocated:
                    outcome = "unlocated"
                lines.writerow((finding.row, outcome, finding.code, finding.message))

    return drafted(path, write)
