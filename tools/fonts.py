"""Unpack the pinned Noto fonts out of `node_modules` for the documents.

Run by hand after `npm ci --ignore-scripts`, when `package.json` changes: `python tools/fonts.py`.
The packages hold slices of each font by script, as WOFF; Typst reads TrueType. A WOFF file is the
tables of a TrueType file, each compressed, so unpacking changes no glyph (W3C, WOFF File Format
1.0, 2012). The copies are kept in the repository, so that users need no Node.
"""

from __future__ import annotations

import shutil
import struct
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "zoning" / "assets" / "fonts"

# Slice in node_modules/@fontsource -> file in FONTS. A letter that none of them has comes from the
# Libertinus that Typst brings along.
SLICES = {
    "noto-serif/files/noto-serif-latin-400-normal.woff": "NotoSerif-Regular.ttf",
    "noto-serif/files/noto-serif-latin-700-normal.woff": "NotoSerif-Bold.ttf",
    "noto-serif-bengali/files/noto-serif-bengali-bengali-400-normal.woff": (
        "NotoSerifBengali-Regular.ttf"
    ),
    "noto-serif-bengali/files/noto-serif-bengali-bengali-700-normal.woff": (
        "NotoSerifBengali-Bold.ttf"
    ),
    "noto-serif-devanagari/files/noto-serif-devanagari-devanagari-400-normal.woff": (
        "NotoSerifDevanagari-Regular.ttf"
    ),
}
LICENCES = ("noto-serif", "noto-serif-bengali", "noto-serif-devanagari")

WOFF_HEADER = struct.Struct(">4s4sIHHIHHIIIII")
WOFF_ENTRY = struct.Struct(">4sIIII")
SFNT_HEADER = struct.Struct(">4sHHHH")
SFNT_ENTRY = struct.Struct(">4sIII")


def truetype(woff: bytes) -> bytes:
    """Return a WOFF file as the TrueType file it was made from.

    Raises
    ------
    ValueError
        If it is no WOFF file, or a table in it isn't as long as it says.
    """
    signature, flavour, _, n, *_ = WOFF_HEADER.unpack_from(woff)
    if signature != b"wOFF":
        raise ValueError("not a WOFF file")
    entries = [
        WOFF_ENTRY.unpack_from(woff, WOFF_HEADER.size + i * WOFF_ENTRY.size) for i in range(n)
    ]
    power = n.bit_length() - 1
    reach = 16 << power
    head = [SFNT_HEADER.pack(flavour, n, reach, power, 16 * n - reach)]
    body: list[bytes] = []
    offset = SFNT_HEADER.size + n * SFNT_ENTRY.size
    for tag, start, packed, length, checksum in entries:
        table = woff[start : start + packed]
        table = zlib.decompress(table) if packed < length else table
        if len(table) != length:
            raise ValueError(f"table {tag!r} holds {len(table)} bytes instead of {length}")
        head.append(SFNT_ENTRY.pack(tag, checksum, offset, length))
        body.append(table + bytes(-length % 4))
        offset += len(body[-1])
    return b"".join((*head, *body))


def collect(packages: Path) -> int:
    """Write every font and licence; return how many files there are.

    Raises
    ------
    FileNotFoundError
        If `npm ci` has not been run.
    """
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, name in SLICES.items():
        (FONTS / name).write_bytes(truetype((packages / source).read_bytes()))
    for package in LICENCES:
        shutil.copyfile(packages / package / "LICENSE", FONTS / f"LICENSE-{package}")
    return len(SLICES) + len(LICENCES)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "node_modules"
    sys.stdout.write(f"{collect(folder / '@fontsource')} files -> {FONTS}\n")
