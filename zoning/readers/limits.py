"""How much a table may hold, and refusals beyond: a file that unpacks without end stops here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

LIMITS_FILE = Path(__file__).parent / "limits.toml"

KIB = 1024
MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of a table; the data file says where each comes from.

    Attributes
    ----------
    text_bytes, line_bytes, workbook_bytes, shared_texts_bytes : int
        Of a text file unpacked, of one line of it, of a workbook unpacked, of its texts.
    columns, cell_chars : int
        Columns of a table; characters of a workbook's cell.
    head_bytes, header_within : int
        Bytes and lines among which the line that names the columns has to stand.
    nul_share : float
        Share of zero bytes in the head above which a file isn't text in UTF-8.
    earliest_day : date
        A day before it is what a program writes where it has none.
    """

    text_bytes: int
    line_bytes: int
    workbook_bytes: int
    shared_texts_bytes: int
    columns: int
    cell_chars: int
    head_bytes: int
    header_within: int
    nul_share: float
    earliest_day: date


@cache
def load_limits() -> Limits:
    """Return the bounds from their data file."""
    data = tomllib.loads(LIMITS_FILE.read_text(encoding="utf-8"))
    return Limits(
        text_bytes=int(data["text_mib"]) * MIB,
        line_bytes=int(data["line_kib"]) * KIB,
        workbook_bytes=int(data["workbook_mib"]) * MIB,
        shared_texts_bytes=int(data["shared_texts_mib"]) * MIB,
        columns=int(data["columns"]),
        cell_chars=int(data["cell_chars"]),
        head_bytes=int(data["head_kib"]) * KIB,
        header_within=int(data["header_within"]),
        nul_share=float(data["nul_share"]),
        earliest_day=data["earliest_day"],
    )
