"""Which new unit continues which old one: by ground, by code, by name.

Ground goes first: a code found again on other ground is another unit, and a unit
found again under another code is the same. Where there is no polygon to compare,
the code decides, then the LGD code, then a name that is unique in both editions
at its level and under its parent. Names are compared as written, never by likeness.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
import shapely

from zoning.model import Bools, Floats, Indices, Texts, Units
from zoning.places.edition_rule import EditionRule
from zoning.places.overlaps import Overlaps

NOBODY = -1

# Shares that differ by less are a tie, whichever edition is called the old one.
TIE_DECIMALS = 9


def pair_units(old: Units, new: Units, overlaps: Overlaps, rule: EditionRule) -> Indices:
    """Return the new unit that continues each old one.

    Parameters
    ----------
    old, new : Units
        Two editions.
    overlaps : Overlaps
        Of these editions.
    rule : EditionRule
        From which share on a unit is the same.

    Returns
    -------
    Indices
        Shape (n_old,); a new unit continues one old unit at most. `NOBODY` for none.
    """
    pairing = _Pairing(old, new, overlaps)
    share_of_old, share_of_new = overlaps.share_of_old, overlaps.share_of_new
    low = np.minimum(share_of_old, share_of_new)
    has_main = np.maximum(share_of_old, share_of_new) > rule.main_share
    pairing.by_ground(low, low >= rule.same_share)
    pairing.by_key(_codes(old.unit_id), _codes(new.unit_id), has_main)
    if old.lgd_code is not None and new.lgd_code is not None:
        pairing.by_key(_codes(old.lgd_code), _codes(new.lgd_code), has_main)
    pairing.by_ground(low, low > rule.main_share)
    translated = {
        str(old.unit_id[i]): str(new.unit_id[j]) for i, j in enumerate(pairing.heir) if j != NOBODY
    }
    has_parents = bool((old.parent_id != "").any() and (new.parent_id != "").any())
    pairing.by_key(_named(old, has_parents, translated), _named(new, has_parents, {}), has_main)
    return pairing.heir


def same_words(text: object) -> str:
    """Return a name without what no reader sees: case, outer and double spaces, encoding."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().split())


def _codes(codes: Texts) -> list[Hashable]:
    return [str(code) or None for code in codes]


def _named(units: Units, has_parents: bool, translated: dict[str, str]) -> list[Hashable]:
    keys: list[Hashable] = []
    for name, level, parent in zip(units.name, units.level, units.parent_id, strict=True):
        words = same_words(name)
        above = translated.get(str(parent), parent) if has_parents else ""
        keys.append((words, str(level), same_words(above)) if words else None)
    return keys


class _Pairing:
    """Pairs found so far; each step leaves earlier ones alone."""

    def __init__(self, old: Units, new: Units, overlaps: Overlaps) -> None:
        self.heir: Indices = np.full(len(old), NOBODY, dtype=np.int32)
        self._is_taken = np.zeros(len(new), dtype=bool)
        self._old, self._new, self._overlaps = old, new, overlaps
        self._row = {
            pair: row
            for row, pair in enumerate(
                zip(overlaps.old_index.tolist(), overlaps.new_index.tolist(), strict=True)
            )
        }

    def by_ground(self, share: Floats, is_candidate: Bools) -> None:
        """Pair by some rows of the overlaps, the closest first.

        Parameters
        ----------
        share : Floats
            The smaller of both shares, shape (k,).
        is_candidate : Bools
            Rows that may pair, shape (k,).
        """
        o = self._overlaps
        ranked = []
        for row in np.flatnonzero(is_candidate):
            i, j = int(o.old_index[row]), int(o.new_index[row])
            codes = str(self._old.unit_id[i]), str(self._new.unit_id[j])
            # The last key is the same whichever edition is called the old one.
            key = (codes[0] != codes[1], -round(float(share[row]), TIE_DECIMALS), sorted(codes))
            ranked.append((key, i, j))
        for _, i, j in sorted(ranked):
            self._pair(i, j)

    def by_key(
        self, old_keys: Sequence[Hashable], new_keys: Sequence[Hashable], has_main: Bools
    ) -> None:
        """Pair units whose key is found once in each edition, unless their ground speaks against.

        Parameters
        ----------
        old_keys, new_keys : Sequence[Hashable]
            One a unit; None for a unit without.
        has_main : Bools
            Which overlaps are large enough to continue a unit.
        """
        o = self._overlaps
        once_old, once_new = _found_once(old_keys), _found_once(new_keys)
        lies = ~shapely.is_missing(o.old.shape), ~shapely.is_missing(o.new.shape)
        for key, i in once_old.items():
            j = once_new.get(key, NOBODY)
            if j == NOBODY or o.old.tier[i] != o.new.tier[j]:
                continue
            if lies[0][i] and lies[1][j]:
                row = self._row.get((i, j))
                if row is None or not has_main[row]:
                    continue
            self._pair(i, j)

    def _pair(self, i: int, j: int) -> None:
        if self.heir[i] == NOBODY and not self._is_taken[j]:
            self.heir[i] = j
            self._is_taken[j] = True


def _found_once(keys: Sequence[Hashable]) -> dict[Hashable, int]:
    count = Counter(keys)
    return {key: at for at, key in enumerate(keys) if key is not None and count[key] == 1}
