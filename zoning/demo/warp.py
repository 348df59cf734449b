"""Turn straight lines into grown ones by moving every point of the plane smoothly.

A map of the plane onto itself that never folds keeps neighbours neighbours:
whatever touches before the warp touches after it, so shared borders stay shared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

_WAVES = 5


@dataclass(frozen=True)
class Warp:
    """Plane waves, one after the other, each pushing across its own direction.

    Such a wave slides the plane along its crests: it never folds and keeps areas.

    Attributes
    ----------
    wave : Points
        Wave vectors in radians per length, shape (k, 2).
    push : Points
        Displacement at the crest, shape (k, 2).
    phase : npt.NDArray[np.float64]
        Radians, shape (k,).
    """

    wave: Points
    push: Points
    phase: npt.NDArray[np.float64]

    def apply(self, points: Points) -> Points:
        """Return the moved points, shape (n, 2)."""
        moved = points.copy()
        for wave, push, phase in zip(self.wave, self.push, self.phase, strict=True):
            # written out, because a matrix product may round two equal points differently
            crest = np.sin(moved[:, 0] * wave[0] + moved[:, 1] * wave[1] + phase)
            moved += crest[:, None] * push
        return moved


def draw_warp(rng: np.random.Generator, octaves: Sequence[Sequence[float]]) -> Warp:
    """Return a random warp.

    Parameters
    ----------
    rng : np.random.Generator
        Source of directions and phases.
    octaves : sequence of (amplitude, wavelength)
        Same unit as the points.
    """
    wave, push = [], []
    for amplitude, length in octaves:
        # evenly spread directions, so that no octave is a set of parallel ripples
        angle = (np.arange(_WAVES) + rng.uniform(0, 1, _WAVES)) * np.pi / _WAVES
        scale = rng.uniform(0.8, 1.25, _WAVES)
        unit = np.column_stack([np.cos(angle), np.sin(angle)])
        wave.append(unit * (2 * np.pi / (length * scale))[:, None])
        across = np.column_stack([-unit[:, 1], unit[:, 0]])
        push.append(across * (amplitude * scale / np.sqrt(_WAVES))[:, None])
    vectors = np.concatenate(wave)
    return Warp(vectors, np.concatenate(push), rng.uniform(0, 2 * np.pi, len(vectors)))


@dataclass(frozen=True)
class Bends:
    """A river's meanders as a sideways shift that fades away from the river.

    Attributes
    ----------
    meanders : Points
        Amplitude, wavelength and phase of each, shape (k, 3).
    fades_within : float
        Distance from the river at which half of the shift is left.
    """

    meanders: Points
    fades_within: float

    def apply(self, points: Points) -> Points:
        """Return the moved points, shape (n, 2); the river is the axis `v = 0`."""
        u, v = points[:, 0], points[:, 1]
        shift = np.zeros(len(points))
        for amplitude, length, phase in self.meanders:
            shift += amplitude * np.sin(2 * np.pi * u / length + phase)
        return np.column_stack([u, v + shift / (1 + (v / self.fades_within) ** 2)])


def draw_bends(
    rng: np.random.Generator, meanders: Sequence[Sequence[float]], fades_within: float
) -> Bends:
    """Return meanders of random phase; `meanders` holds (amplitude, wavelength)."""
    phases = rng.uniform(0, 2 * np.pi, len(meanders))
    return Bends(np.column_stack([np.asarray(meanders, dtype=float), phases]), fades_within)
