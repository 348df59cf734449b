"""Rows by what they share: numbers for groups, and sums that begin anew with each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from zoning.model import Bools, Ints

Column = npt.NDArray[Any]


def group_numbers(columns: Sequence[Column]) -> Ints:
    """Return a number for each row, the same where all columns are; shape (n,)."""
    result = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        values, number = np.unique(column, return_inverse=True)
        if len(values) > 1:
            both = result * len(values) + number
            result = np.unique(both, return_inverse=True)[1].astype(np.int64)
    return result


def begins(*columns: Column) -> Bools:
    """Return where a group begins, in rows sorted by the columns; shape (n,)."""
    result = np.zeros(len(columns[0]), dtype=bool)
    if len(result):
        result[0] = True
    for column in columns:
        result[1:] |= column[1:] != column[:-1]
    return result


def ends(*columns: Column) -> Bools:
    """Return where a group ends, in rows sorted by the columns; shape (n,)."""
    return np.append(begins(*columns)[1:], True)[: len(columns[0])]


def running_sum(group: Ints, values: Ints) -> Ints:
    """Return sums of values up to each row, beginning anew with each group; shape (n,)."""
    total = np.cumsum(values)
    before = np.where(begins(group), total - values, 0)
    return np.asarray(total - before[np.flatnonzero(begins(group))][np.cumsum(begins(group)) - 1])


def running_least(group: Ints, values: Ints) -> Ints:
    """Return the least value up to each row, beginning anew with each group; shape (n,)."""
    if not len(values):
        return values
    # Each group is moved below the one before it, so that one pass suffices for all.
    apart = (np.cumsum(begins(group)) - 1) * (int(values.max()) - int(values.min()) + 1)
    return np.asarray(np.minimum.accumulate(values - apart) + apart)


def least_from(group: Ints, values: Ints) -> Ints:
    """Return the least value from each row to the end of its group; shape (n,)."""
    return running_least(group[::-1], values[::-1])[::-1]
