"""Parts of a table as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from zoning.model.tables import Cases, Coded

# What stands for a missing optional column that isn't coded.
_MISSING: dict[str, Any] = {"lon": np.nan, "lat": np.nan, "case_id": ""}


def join_cases(parts: Sequence[Cases]) -> Cases:
    """Return the rows of several parts as one table, in their order; there is at least one part.

    A column that only some parts have is empty for the others.
    """
    if len(parts) == 1:
        return parts[0]
    joined: dict[str, Any] = {}
    for field in fields(Cases):
        columns = [getattr(part, field.name) for part in parts]
        if all(column is None for column in columns):
            continue
        if any(isinstance(column, Coded) for column in columns):
            joined[field.name] = _join_coded(columns, parts)
        else:
            joined[field.name] = np.concatenate(
                [
                    np.full(len(part), _MISSING[field.name]) if column is None else column
                    for part, column in zip(parts, columns, strict=True)
                ]
            )
    return Cases(**joined)


def _join_coded(columns: Sequence[Coded | None], parts: Sequence[Cases]) -> Coded:
    position: dict[str, int] = {}
    codes = []
    for column, part in zip(columns, parts, strict=True):
        if column is None:
            codes.append(np.full(len(part), -1, dtype=np.int32))
            continue
        own = [position.setdefault(str(text), len(position)) for text in column.values]
        codes.append(np.array([*own, -1], dtype=np.int32)[column.codes])
    return Coded(np.concatenate(codes), np.array(list(position), dtype=object))
