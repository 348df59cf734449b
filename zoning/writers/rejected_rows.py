"""Refused rows as they stood in their file, each with the reason: to correct and send again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

REASON_COLUMN = "seemana_reason"
ROW_COLUMN = "seemana_row"
OWN_COLUMNS = (REASON_COLUMN, ROW_COLUMN)
"""Columns that such a file has beside those of the file it came from."""


def rejected_csv(
    names: Sequence[str], rows: Iterable[tuple[int, Mapping[str, str]]], reasons: Mapping[int, str]
) -> bytes:
    """Return a CSV in UTF-8 of the rows that have a reason, in their order.

    Parameters
    ----------
    names : Sequence of str
        Columns of the file that they stood in.
    rows : iterable of (int, mapping)
        Numbers of rows with their cells by column.
    reasons : mapping of int to str
        By the number of a row, why it was refused.
    """
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    kept = [name for name in names if name not in OWN_COLUMNS]
    lines.writerow((*kept, *OWN_COLUMNS))
    for row, cells in rows:
        if row in reasons:
            lines.writerow((*(cells.get(name, "") for name in kept), reasons[row], row))
    return text.getvalue().encode("utf-8-sig")
