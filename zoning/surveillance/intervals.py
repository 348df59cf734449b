"""95 % intervals of proportions and rates."""

from __future__ import annotations

import numpy as np

from zoning.model import Floats

# Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959963984540054


def wilson(successes: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Return the Wilson score interval of a proportion, each of shape (n,).

    NaN where there is no trial. Source: Wilson, JASA 1927, 22 (158), 209-212.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = successes / trials
        centre = share + Z95**2 / (2 * trials)
        half = Z95 * np.sqrt(share * (1 - share) / trials + Z95**2 / (4 * trials**2))
        scale = 1 + Z95**2 / trials
        low, high = (centre - half) / scale, (centre + half) / scale
    return np.where(trials > 0, low, np.nan), np.where(trials > 0, high, np.nan)


def exact_proportion(successes: Floats, trials: Floats) -> tuple[Floats, Floats]:
    """Return the exact (Clopper-Pearson) interval of a proportion; 1 of 10 is 0.3-44.5 %."""
    # Imported here: scipy costs a second of start-up that a plain classification doesn't need.
    from scipy.special import betaincinv

    none, every = successes <= 0, successes >= trials
    with np.errstate(divide="ignore", invalid="ignore"):
        low = betaincinv(successes, trials - successes + 1, 0.025)
        high = betaincinv(successes + 1, trials - successes, 0.975)
    low, high = np.where(none, 0.0, low), np.where(every, 1.0, high)
    return np.where(trials > 0, low, np.nan), np.where(trials > 0, high, np.nan)


def exact_rate(events: Floats, exposure: Floats) -> tuple[Floats, Floats]:
    """Return the exact Poisson interval of events per exposure, each of shape (n,)."""
    from scipy.special import gammaincinv

    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(events > 0, gammaincinv(events, 0.025), 0.0) / exposure
        high = gammaincinv(events + 1, 0.975) / exposure
    usable = exposure > 0
    return np.where(usable, low, np.nan), np.where(usable, high, np.nan)
