r"""Bytes to text in UTF-8, without a guess: a byte that is no text is shown as `\xNN`."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.readers.limits import load_limits

BLOCK_BYTES = 4 * 1024 * 1024
UTF_8 = "utf-8"

# The longer marks first: that of UTF-16 begins that of UTF-32.
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_KINDS = (
    (b"PK\x03\x04", ".xlsx / .zip"),
    (b"\xd0\xcf\x11\xe0", ".xls"),
    (b"\x1f\x8b", ".gz"),
    (b"%PDF", ".pdf"),
    (b"PAR1", ".parquet"),
    (b"SQLite format 3", ".gpkg"),
    (b"<!doctype html", ".html"),
    (b"<html", ".html"),
    (b"<?xml", ".xml"),
    (b"{", ".json"),
    (b"[{", ".json"),
)


def encoding_of(path: Path, told: str) -> str:
    """Return the encoding of a text file: the one told, what its mark says, or UTF-8.

    Raises
    ------
    InputError
        If the encoding told isn't known or its mark says another, or the file is no text.
    """
    with byte_stream(path) as stream:
        head = stream.read(load_limits().head_bytes)
    _refuse_other_kinds(path, head)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if not told:
        if not marked:
            _refuse_zeros(path, head)
        return marked or UTF_8
    try:
        codec = codecs.lookup(told)
    except LookupError:
        codec = None
    if codec is None or not codec._is_text_encoding:
        raise InputError(
            tr(
                "{file}: the encoding {encoding} isn't known; say for instance utf-8, utf-16, "
                "cp1252 in [kind.file] encoding of the mapping file.",
                file=path,
                encoding=told,
            )
        )
    if marked and not codec.name.startswith(marked):
        raise InputError(
            tr(
                "{file} is marked as {marked} and the mapping file says {encoding}; leave out "
                "[kind.file] encoding.",
                file=path,
                marked=marked.upper(),
                encoding=told,
            )
        )
    # The mark tells the order of bytes too, and is no text itself.
    return marked or codec.name.removesuffix("-sig")


class TextBlocks:
    """The lines of a text file as UTF-8 bytes, block by block, each cut behind a line.

    Attributes
    ----------
    is_plain : bool
        Whether all blocks so far were the bytes of the file, nothing shown in their place.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.is_plain = encoding == UTF_8

    def __iter__(self) -> Iterator[bytes]:
        """Yield the blocks.

        Raises
        ------
        InputError
            If a line or the file is longer than a table can be.
        """
        limits = load_limits()
        pieces = self._as_they_are() if self.encoding == UTF_8 else self._decoded()
        rest, size, lines = b"", 0, 0
        for piece in pieces:
            block = rest + piece
            size += len(piece)
            if size > limits.text_bytes:
                raise InputError(
                    tr(
                        "{file} unpacks to more than {n} MB of text; divide it.",
                        file=self.path,
                        n=limits.text_bytes // 1_000_000,
                    )
                )
            cut = max(block.rfind(b"\n"), block.rfind(b"\r")) + 1
            self._refuse_long_line(block, lines, limits.line_bytes)
            lines += block.count(b"\n", 0, cut)
            rest = block[cut:]
            if cut:
                yield self._shown(block[:cut])
        if rest:
            yield self._shown(rest)

    def _as_they_are(self) -> Iterator[bytes]:
        with byte_stream(self.path) as stream:
            first = stream.read(BLOCK_BYTES)
            yield first.removeprefix(codecs.BOM_UTF8)
            while piece := stream.read(BLOCK_BYTES):
                yield piece

    def _decoded(self) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self.encoding)("backslashreplace")
        with byte_stream(self.path) as stream:
            while piece := stream.read(BLOCK_BYTES):
                yield decoder.decode(piece).encode()
        yield decoder.decode(b"", final=True).encode()

    def _shown(self, block: bytes) -> bytes:
        shown = block.replace(b"\0", b"\\x00") if b"\0" in block else block
        try:
            shown.decode(UTF_8)
        except UnicodeDecodeError:
            shown = shown.decode(UTF_8, "backslashreplace").encode()
        if shown is not block:
            self.is_plain = False
        return shown

    def _refuse_long_line(self, block: bytes, lines: int, longest: int) -> None:
        """Refuse a line of more than twice the bound: then some window holds no line's end."""
        for begin in range(0, len(block) - longest, longest):
            end = begin + longest
            if block.find(b"\n", begin, end) < 0 and block.find(b"\r", begin, end) < 0:
                raise InputError(
                    tr(
                        "{file}, line {line} is longer than {n} KB, which no row is; the file is "
                        "damaged or no table.",
                        file=self.path,
                        line=lines + block.count(b"\n", 0, begin) + 1,
                        n=longest // 1024,
                    )
                )


class TextStream(io.RawIOBase):
    """The same blocks as a file to read from."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._blocks = iter(TextBlocks(path, encoding))
        self._held = memoryview(b"")

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, and return how many bytes it took; 0 at the end."""
        while not self._held:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._held = memoryview(block)
        n = min(len(buffer), len(self._held))
        buffer[:n] = self._held[:n]
        self._held = self._held[n:]
        return n


def byte_stream(path: Path) -> pa.NativeFile:
    """Open a file for its bytes, unpacked where it is packed by gzip."""
    is_packed = path.suffix.lower() == ".gz"
    return pa.input_stream(str(path), compression="gzip" if is_packed else None)


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    kind = next((kind for mark, kind in _OTHER_KINDS if begin.startswith(mark.lower())), "")
    if kind:
        raise InputError(
            tr(
                "{file} isn't a table in text, its content is that of a file of kind {kind}; "
                "give it its proper suffix, or export the table anew as CSV in UTF-8.",
                file=path,
                kind=kind,
            )
        )


def _refuse_zeros(path: Path, head: bytes) -> None:
    zeros = head.count(0)
    if zeros <= len(head) * load_limits().nul_share:
        return
    is_little = head[1::2].count(0) >= head[::2].count(0)
    raise InputError(
        tr(
            "{file} isn't text in UTF-8: it is full of zero bytes. If it was saved as Unicode, say "
            '[kind.file] encoding = "{encoding}" in a mapping file, or save it as CSV in UTF-8.',
            file=path,
            encoding="utf-16-le" if is_little else "utf-16-be",
        )
    )
