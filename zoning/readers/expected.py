"""Codes that a file should hold, as a mapping tells them: `1 - 144`."""

from __future__ import annotations

import re

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.readers.mapping import Mapping

KEY = "unit_id"
RANGE = re.compile(r"(\d{1,6})\s*[-–—]\s*(\d{1,6})")


def expected_codes(mapping: Mapping) -> tuple[str, ...]:
    """Return the codes a unit file should hold, in order; none where the mapping tells none.

    Raises
    ------
    InputError
        If the mapping expects anything but codes of units.
    """
    wrong = [key for key in mapping.expected if key != KEY]
    if wrong:
        raise InputError(
            tr(
                "The mapping expects values of {column}; for units it can tell the codes only: "
                '[units.expected] unit_id = "1 - 144".',
                column=wrong[0],
            )
        )
    return tuple(
        dict.fromkeys(
            code for part in mapping.expected.get(KEY, "").split(",") for code in _codes(part)
        )
    )


def _codes(part: str) -> list[str]:
    found = RANGE.fullmatch(part.strip())
    if found is None:
        return [part.strip()] if part.strip() else []
    return [str(n) for n in range(int(found[1]), int(found[2]) + 1)]
