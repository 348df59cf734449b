"""House rounds in containment: one row an area and day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Rounds, RowAccount
from zoning.readers.follow_up import needed_areas, needed_counts, open_register, reject_more
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.repeats import settle_repeats

COLUMNS = ("area_id", "on", "houses_total", "houses_visited")


def read_rounds(path: Path, mapping: Mapping, today: date) -> tuple[Rounds, RowAccount]:
    """Return a file of house rounds and the account of its rows.

    Two rows of an area and day that agree count once; of two that contradict each
    other none is taken, so that a round isn't believed to be complete.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        A round later than this can't be a fact.

    Raises
    ------
    InputError
        If the file can't be read, a column is missing, or a personal one is to be read.
    """
    part = open_register(path, COLUMNS, COLUMNS, mapping, "rounds")
    area_id = needed_areas(part)
    on = needed_days(part, "on", today, "rounds")
    total = needed_counts(part, "houses_total", least=1)
    visited = needed_counts(part, "houses_visited")
    reject_more(part, visited, total, "visited_above_total", ("houses_visited", "houses_total"))
    keep = settle_repeats(
        part,
        [np.unique(area_id.astype(str), return_inverse=True)[1], on.astype(np.int64)],
        [total, visited],
        lambda i: tr("the round of {area} on {day}", area=area_id[i], day=on[i]),
    )
    rounds = Rounds(part.row[keep], area_id[keep], on[keep], total[keep], visited[keep])
    return rounds, part.account()
