"""Samples taken in containment: one row an area and day; what has no result is pending."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import RowAccount, Samples
from zoning.readers.follow_up import needed_areas, needed_counts, open_register, reject_more
from zoning.readers.mapping import Mapping
from zoning.readers.needed_days import needed_days
from zoning.readers.repeats import settle_repeats

COLUMNS = ("area_id", "taken_on", "samples", "results")


def read_samples(path: Path, mapping: Mapping, today: date) -> tuple[Samples, RowAccount]:
    """Return a file of samples and the account of its rows.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    mapping : Mapping
        Names and forms where they aren't ours.
    today : date
        A sample taken later than this can't be a fact.

    Raises
    ------
    InputError
        If the file can't be read, a column is missing, or a personal one is to be read.
    """
    part = open_register(path, COLUMNS, COLUMNS, mapping, "samples")
    area_id = needed_areas(part)
    taken_on = needed_days(part, "taken_on", today, "samples")
    samples = needed_counts(part, "samples")
    results = needed_counts(part, "results")
    reject_more(part, results, samples, "results_above_samples", ("results", "samples"))
    keep = settle_repeats(
        part,
        [np.unique(area_id.astype(str), return_inverse=True)[1], taken_on.astype(np.int64)],
        [samples, results],
        lambda i: tr("what was taken in {area} on {day}", area=area_id[i], day=taken_on[i]),
    )
    told = Samples(part.row[keep], area_id[keep], taken_on[keep], samples[keep], results[keep])
    return told, part.account()
