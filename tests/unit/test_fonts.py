"""The fonts of the documents: unpacked without a change, and with every letter that we need."""

from __future__ import annotations

import struct
import zlib

import pytest

from tools.fonts import FONTS, LICENCES, SLICES, WOFF_ENTRY, WOFF_HEADER, truetype


def woff(tables, *, length=None):
    """Return a WOFF file of tables by tag."""
    offset = WOFF_HEADER.size + WOFF_ENTRY.size * len(tables)
    entries, body = b"", b""
    for tag, data in tables.items():
        packed = min(zlib.compress(data), data, key=len)
        entries += WOFF_ENTRY.pack(
            tag, offset + len(body), len(packed), length or len(data), zlib.crc32(data)
        )
        body += packed + bytes(-len(packed) % 4)
    head = WOFF_HEADER.pack(
        b"wOFF", b"\0\1\0\0", offset + len(body), len(tables), 0, 0, 1, 0, 0, 0, 0, 0, 0
    )
    return head + entries + body


def tables_of(font):
    _, n, reach, power, rest = struct.unpack_from(">4sHHHH", font)
    assert (reach, power, rest) == (16 * 2**power, n.bit_length() - 1, 16 * n - reach)
    for i in range(n):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        assert offset % 4 == 0
        yield tag, font[offset : offset + length]


def test_unpacking_keeps_every_table():
    tables = {b"cmap": b"a" * 1000, b"glyf": bytes(range(255)), b"head": b"xyz"}
    assert dict(tables_of(truetype(woff(tables)))) == tables


def test_what_is_no_woff_or_is_cut_is_refused():
    with pytest.raises(ValueError, match="not a WOFF"):
        truetype(b"\0" * 60)
    with pytest.raises(ValueError, match="holds 3 bytes instead of 2"):
        truetype(woff({b"head": b"xyz"}, length=2))


def test_every_font_lies_there_with_its_licence():
    assert {path.name for path in FONTS.iterdir()} == {
        *SLICES.values(),
        *(f"LICENSE-{package}" for package in LICENCES),
    }
    for package in LICENCES:
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"LICENSE-{package}").read_text("utf-8").upper()
    for name in SLICES.values():
        assert dict(tables_of((FONTS / name).read_bytes())).keys() >= {b"cmap", b"GSUB", b"glyf"}
