"""How a CSV is written, and a look at its bytes for what else than facts may stand in it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Finding
from zoning.readers.decoding import TextBlocks, TextStream, encoding_of
from zoning.readers.headers import find_header
from zoning.readers.limits import load_limits
from zoning.readers.sheets import FileForm
from zoning.readers.strays import Suspicions
from zoning.readers.sum_words import sum_words

DELIMITERS = ",;\t|"
HEAD_RECORDS = 200


@dataclass(frozen=True)
class CsvHead:
    """What the begin of a CSV says of the rest.

    Attributes
    ----------
    names : tuple[str, ...]
        Names of the columns, apart from each other; empty where a column has none.
    delimiter, encoding : str
        How its cells and letters are written.
    lines : int
        Lines up to and with the one that names the columns.
    has_rows : bool
        Whether anything stands below.
    findings : tuple[Finding, ...]
        That lines stand above it, if any do.
    """

    names: tuple[str, ...]
    delimiter: str
    encoding: str
    lines: int
    has_rows: bool
    findings: tuple[Finding, ...]


def read_head(path: Path, form: FileForm) -> CsvHead:
    """Return how a CSV is written and what its columns are called.

    Raises
    ------
    InputError
        If it isn't text, or no line names its columns.
    """
    encoding = encoding_of(path, form.encoding)
    n_bytes = load_limits().head_bytes
    head = b""
    for block in TextBlocks(path, encoding):
        head += block
        if len(head) > n_bytes:
            break
    text = head[:n_bytes].decode("utf-8", errors="ignore")
    delimiter = max(DELIMITERS, key=lambda sign: _n_columns(path, text, sign, form))
    records, ends = _records(text, delimiter)
    header = find_header(path, records, form.known)
    below = records[header.index + 1 :]
    return CsvHead(
        names=header.names,
        delimiter=delimiter,
        encoding=encoding,
        lines=ends[header.index],
        has_rows=any(below) or len(head) > n_bytes,
        findings=header.findings,
    )


def look_for_strays(path: Path, head: CsvHead) -> Suspicions:
    """Return what else than facts may stand in a CSV.

    Raises
    ------
    InputError
        If a quote is open that nothing closes: it would swallow every row after it.
    """
    blank = b"\n" + head.delimiter.encode() * (len(head.names) - 1)
    longest = max(head.names, key=len).lower().encode()
    sums = _shortest(word.strip().encode() for word in {*sum_words()[0], *sum_words()[1]})
    # The header may speak of sums itself.
    seen = Counter({word: -_header_text(head).count(word) for word in sums})
    seen[longest] -= _header_text(head).count(longest) if longest not in sums else 0
    quotes = 0
    blanks = no_text = False
    blocks = TextBlocks(path, head.encoding)
    for block in blocks:
        quotes += block.count(b'"')
        lower = b"\n" + block.lower()
        for word in {*sums, longest}:
            seen[word] += lower.count(word)
        blanks = blanks or any(blank + end in lower for end in (b"\n", b"\r", b'"'))
        blanks = blanks or lower.endswith(blank) or b'\n""' in lower
        no_text = no_text or (not blocks.is_plain and b"\\x" in block)
    if quotes % 2:
        _refuse_open_quote(path, head)
    return Suspicions(blanks, seen[longest] > 0, any(seen[word] > 0 for word in sums), no_text)


def _shortest(words: Iterable[bytes]) -> list[bytes]:
    """Return the words that hold no other of them: where these aren't, none is."""
    every = set(words)
    return [word for word in every if not any(w in word for w in every if w != word)]


def _header_text(head: CsvHead) -> bytes:
    return "\n".join(head.names).lower().encode()


def _n_columns(path: Path, text: str, delimiter: str, form: FileForm) -> int:
    """Return how many columns a delimiter would make, named ones if the header is found."""
    records, _ = _records(text, delimiter)
    try:
        return sum(1 for name in find_header(path, records, form.known).names if name)
    except InputError:
        return max(map(len, records), default=0)


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the first records of a text and the line in which each ends."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[list[str]] = []
    ends: list[int] = []
    while len(records) < HEAD_RECORDS:
        try:
            record = next(lines, None)
        except csv.Error:  # a quote left open; it is looked for over the whole file
            break
        if record is None:
            break
        records.append(record)
        ends.append(lines.line_num)
    return records, ends


def _refuse_open_quote(path: Path, head: CsvHead) -> None:
    opened = 1
    stream = io.BufferedReader(TextStream(path, head.encoding))
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    lines = csv.reader(text, delimiter=head.delimiter, strict=True)
    try:
        for _ in lines:
            opened = lines.line_num + 1
    except csv.Error as fault:
        raise InputError(
            tr(
                "{file}, line {line}: a quote is opened or closed in the wrong place and the "
                "rows after it can't be told apart; correct it.",
                file=path,
                line=opened,
            )
        ) from fault
