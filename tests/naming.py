"""Units that have a code and a name, for the tests of matching."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from zoning.model import Level, Texts, Units


def texts(values) -> Texts:
    return np.array([*values, None], dtype=object)[:-1]


def named_units(
    unit_id: Sequence[str],
    name: Sequence[str],
    parent_id: Sequence[str] | None = None,
    lgd_code: Sequence[str] | None = None,
    **names: Sequence[str],
) -> Units:
    n = len(unit_id)
    return Units(
        unit_id=texts(unit_id),
        name=texts(name),
        population=np.full(n, np.nan),
        level=texts([Level.WARD.value] * n),
        parent_id=texts(parent_id if parent_id is not None else [""] * n),
        lgd_code=None if lgd_code is None else texts(lgd_code),
        names={language: texts(column) for language, column in names.items()},
    )
