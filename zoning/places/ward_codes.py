"""Which code a number or a short text stands for, among those that are known."""

from __future__ import annotations

import re
from collections.abc import Collection

from zoning.places.names import name_key, normalise

_NUMBERS_ONLY = re.compile(r"[\d ]*", re.ASCII)
_NUMBERED = re.compile(r"(?:[^\d]* )?(\d+)", re.ASCII)


class WardCodes:
    """Codes of the wards of one place, by what people write for them.

    Parameters
    ----------
    known : Collection of str
        The codes. A number stands for the code that is that number ("23", "W-23") or ends
        in it as its only number ("KMC-023"); where two codes claim it, for none.
    """

    def __init__(self, known: Collection[str]) -> None:
        self.known = frozenset(code for code in known if code.strip())
        self._by_key: dict[str, list[str]] = {}
        self._by_number: dict[str, list[str]] = {}
        for code in sorted(self.known):
            self._by_key.setdefault(name_key(code), []).append(code)
            numbered = _NUMBERED.fullmatch(normalise(code))
            if numbered:
                self._by_number.setdefault(numbered.group(1), []).append(code)

    def all(self) -> tuple[str, ...]:
        """Return every code, numbers in the order of their size."""
        return self.in_order(self.known)

    def in_order(self, codes: Collection[str]) -> tuple[str, ...]:
        """Return codes sorted, numbers in the order of their size."""
        return tuple(sorted(codes, key=_order))

    def of_number(self, number: str) -> str:
        """Return the code that a number without leading zeros stands for, or nothing."""
        if number in self.known:
            return number
        return _only(self._by_key.get(number)) or _only(self._by_number.get(number))

    def of_text(self, text: str) -> str:
        """Return the code that a text writes out with its letters, or nothing."""
        if text in self.known:
            return text
        key = name_key(text)
        # Numbers are for the reader of phrases: without their signs "-5", "5 %" and "1/10"
        # would look like wards.
        return "" if _NUMBERS_ONLY.fullmatch(key) else _only(self._by_key.get(key))


def _only(codes: list[str] | None) -> str:
    return codes[0] if codes and len(codes) == 1 else ""


def _order(code: str) -> tuple[list[tuple[int, int, str]], str]:
    words = normalise(code).split(" ")
    return [(0, len(w), w) if w.isdecimal() else (1, 0, w) for w in words], code
