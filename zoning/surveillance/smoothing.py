"""Smoothed rates, shown beside the raw ones; they never set a colour."""

from __future__ import annotations

import numpy as np

from zoning.model import Floats


def empirical_bayes_per_lakh(events: Floats, population: Floats) -> Floats:
    """Return rates per lakh drawn towards the overall rate where people are few.

    Global empirical Bayes after Marshall, Applied Statistics 1991, 40 (2), 283-294.

    Parameters
    ----------
    events, population : Floats
        Shape (n,); units without a known population stay NaN and inform nothing.
    """
    known = population > 0
    result = np.full(len(events), np.nan)
    if not known.any():
        return result
    observed, people = events[known], population[known]
    rate = observed / people
    mean = observed.sum() / people.sum()
    variance = (people * (rate - mean) ** 2).sum() / people.sum()
    between = max(variance - mean / people.mean(), 0.0)
    within = mean / people
    with np.errstate(invalid="ignore"):
        weight = np.nan_to_num(between / (between + within))
    result[known] = (mean + weight * (rate - mean)) * 100_000
    return result
