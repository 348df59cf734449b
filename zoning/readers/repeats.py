"""Rows that speak twice of the same thing: once is enough if they agree, neither holds if not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Bools, Ints
from zoning.readers.fields import Part
from zoning.surveillance.grouping import Column, group_numbers


def settle_repeats(
    part: Part, key: Sequence[Column], content: Sequence[Column], what: Callable[[int], str]
) -> Bools:
    """Reject rows that contradict each other, and return which of the others say something new.

    Parameters
    ----------
    part : Part
        Rows; those rejected before are left out.
    key, content : sequence of arrays
        What a row speaks of, and what it says of it, shape (n,) each; no texts.
    what : callable
        What the row at a position speaks of, for a message.
    """
    among = np.flatnonzero(~part.rejected)
    is_new = np.zeros(len(part), dtype=bool)
    is_new[among] = True
    if not len(among):
        return is_new
    of_key = group_numbers([column[among] for column in key])
    of_both = group_numbers([of_key, *(column[among] for column in content)])
    first_of_both = _first_positions(of_both)
    first_of_key = _first_positions(of_key)
    agrees = of_both == of_both[first_of_key[of_key]]
    contradicted = np.bincount(of_key[~agrees], minlength=of_key.max() + 1) > 0
    is_same = first_of_both[of_both] != np.arange(len(among))
    wrong, same = np.zeros(len(part), dtype=bool), np.zeros(len(part), dtype=bool)
    wrong[among] = contradicted[of_key]
    same[among] = is_same & ~contradicted[of_key]
    earlier = np.zeros(len(part), dtype=np.int64)
    earlier[among] = part.row[among[first_of_key[of_key]]]
    part.note(
        wrong,
        "row_repeated",
        lambda i: tr(
            "{what} stands in several rows that contradict each other, the first is row {row}; "
            "none is taken, correct them",
            what=what(i),
            row=int(earlier[i]),
        ),
    )
    part.note(
        same,
        "row_identical",
        lambda i: tr(
            "{what} stands in row {row} with the same figures; it counts once",
            what=what(i),
            row=int(earlier[i]),
        ),
    )
    return is_new & ~wrong & ~same


def _first_positions(groups: Ints) -> Ints:
    first = np.full(int(groups.max()) + 1, len(groups), dtype=np.int64)
    np.minimum.at(first, groups, np.arange(len(groups)))
    return first
