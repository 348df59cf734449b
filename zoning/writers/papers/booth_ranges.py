"""Many booths in few words: `163/85-90, 163/92`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"(|.*\D)([1-9]\d{0,8}|0)", re.DOTALL)


def booth_ranges(booth_ids: Iterable[str]) -> str:
    """Return booths as ranges: those whose codes differ in the last number only, and by one.

    Parameters
    ----------
    booth_ids : iterable of str
        Codes such as `163/85`, in any sequence.

    Returns
    -------
    str
        Every code is in exactly one range or stands alone; a code that doesn't end in a number
        (`163/85A`) or has a leading zero (`163/085`) always stands alone.
    """
    numbered: dict[str, list[int]] = {}
    alone: list[str] = []
    for booth_id in dict.fromkeys(booth_ids):
        found = _NUMBERED.fullmatch(booth_id)
        if found:
            numbered.setdefault(found[1], []).append(int(found[2]))
        else:
            alone.append(booth_id)
    pieces: list[str] = []
    for lead in sorted(numbered):
        pieces += (f"{lead}{_range(run)}" for run in _runs(sorted(numbered[lead])))
    return ", ".join([*pieces, *sorted(alone)])


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], n)
        else:
            runs.append((n, n))
    return runs


def _range(run: tuple[int, int]) -> str:
    first, last = run
    return str(first) if first == last else f"{first}-{last}"
