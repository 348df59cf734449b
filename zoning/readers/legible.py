r"""Text whose bytes aren't UTF-8: shown byte by byte as `\xNN`, never guessed."""

from __future__ import annotations

from zoning.i18n.catalogue import tr
from zoning.model import Finding

# Maps every byte to one character and back, so that no byte is lost on the way.
ONE_TO_ONE = "ISO-8859-1"


def legible(text: str) -> str:
    r"""Return text with every byte that was no UTF-8 shown as `\xNN`.

    Parameters
    ----------
    text : str
        Decoded with `surrogateescape`.
    """
    try:
        raw = text.encode("utf-8", errors="surrogateescape")
    except UnicodeEncodeError:
        raw = text.encode("utf-8", errors="backslashreplace")
    return raw.decode("utf-8", errors="backslashreplace")


def from_bytes(text: str) -> str:
    r"""Return text read as `ONE_TO_ONE`, as the UTF-8 it was meant to be, or `\xNN`."""
    return text.encode(ONE_TO_ONE, errors="backslashreplace").decode(
        "utf-8", errors="backslashreplace"
    )


def text_damaged(row: int, text: str) -> Finding:
    """Return what is said of a row with such a text."""
    return Finding(
        row,
        "not_text",
        tr(
            "a text isn't UTF-8 and is shown as {text}; if the whole file is in another encoding, "
            'name it in a mapping file: [units.file] encoding = "..."',
            text=legible(text)[:60],
        ),
    )


def looks_misread(text: str) -> bool:
    """Return whether text read one byte a letter is UTF-8 in truth: `à¦•` for a Bengali letter."""
    if text.isascii():
        return False
    try:
        return len(text.encode(ONE_TO_ONE).decode("utf-8")) < len(text)
    except UnicodeError:
        return False
