"""Which booths a row of the register speaks of, and what that means for today's zones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from zoning.model import Bools, Days, Floats, Indices, Ints, Texts
from zoning.surveillance.memberships import Memberships


@dataclass(frozen=True)
class Grounds:
    """Booths with their zones of today, and with those they had; n booths, k zones.

    Attributes
    ----------
    booth_id : Texts
        Sorted, shape (n,); `at` gives each one's place in the edition.
    at : Ints
        Shape (n,).
    zone_id : Texts
        Today's zones, sorted, shape (k,).
    zone_index : Indices
        Today's zone of each booth in the order of the edition, shape (n,); -1 for none.
    memberships : Memberships
        Sorted by zone.
    """

    booth_id: Texts
    at: Ints
    zone_id: Texts
    zone_index: Indices
    memberships: Memberships

    @classmethod
    def of(cls, booth_id: Texts, zone: Texts, memberships: Memberships) -> Grounds:
        """Build from the booths of an edition, arrays of shape (n,)."""
        ids = booth_id.astype(str)
        at = np.argsort(ids, kind="stable")
        zones = zone.astype(str)
        zone_id = np.unique(zones[zones != ""])
        index = np.where(zones == "", -1, np.searchsorted(zone_id, zones))
        order = np.argsort(memberships.zone_id.astype(str), kind="stable")
        return cls(
            booth_id=ids[at].astype(object),
            at=at.astype(np.int64),
            zone_id=zone_id.astype(object),
            zone_index=index.astype(np.int32),
            memberships=Memberships(
                memberships.zone_id[order],
                memberships.booth_id[order],
                memberships.since[order],
                memberships.until[order],
            ),
        )

    def pairs(self, area_id: Texts, on: Days) -> tuple[Ints, Ints]:
        """Return the booths that each row speaks of.

        Parameters
        ----------
        area_id : Texts
            Booth or zone of each row, shape (r,).
        on : Days
            Day of which it speaks, shape (r,).

        Returns
        -------
        row : Ints
            Position of the row, shape (p,). A row whose area is neither a booth nor a zone of
            that day is in no pair.
        booth : Ints
            Position of the booth in the edition, shape (p,).
        """
        area = area_id.astype(str)
        booth, is_booth = self._booths(area)
        known = self.memberships
        zones = known.zone_id.astype(str)
        left = np.searchsorted(zones, area, "left")
        count = np.where(is_booth, 0, np.searchsorted(zones, area, "right") - left)
        row = np.repeat(np.arange(len(area)), count)
        entry = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + left[row]
        is_then = (known.since[entry] <= on[row]) & (
            np.isnat(known.until[entry]) | (on[row] < known.until[entry])
        )
        member, is_member = self._booths(known.booth_id[entry].astype(str))
        holds = is_then & is_member
        return (
            np.append(np.flatnonzero(is_booth), row[holds]),
            np.append(booth[is_booth], member[holds]),
        )

    def sum_by_zone(self, area_id: Texts, on: Days, amount: Ints) -> tuple[Ints, Ints]:
        """Return the amounts of each zone of today, each row once a zone, and the rows nowhere.

        Parameters
        ----------
        area_id, on : Texts, Days
            As for `pairs`, shape (r,).
        amount : Ints
            What each row brings, shape (r,).

        Returns
        -------
        sums : Ints
            Shape (k,).
        nowhere : Ints
            Positions of rows in no booth.
        """
        row, booth = self.pairs(area_id, on)
        zone = self.zone_index[booth]
        has_zone = zone >= 0
        each = np.unique(np.stack([row[has_zone], zone[has_zone]]), axis=1).astype(np.int64)
        sums = np.bincount(each[1], weights=amount[each[0]], minlength=len(self.zone_id))
        return sums.astype(np.int64), _nowhere(row, len(area_id))

    def best_by_booth(
        self, area_id: Texts, on: Days, value: Floats, number: Ints
    ) -> tuple[Floats, Ints]:
        """Return the greatest value told of each booth, shape (n,), and the rows nowhere.

        Parameters
        ----------
        area_id, on : Texts, Days
            As for `pairs`, shape (r,).
        value : Floats
            What each row tells, shape (r,).
        number : Ints
            By which number a row nowhere is returned, shape (r,).
        """
        row, booth = self.pairs(area_id, on)
        best = np.full(len(self.at), -np.inf)
        np.maximum.at(best, booth, value[row])
        return np.where(np.isinf(best), np.nan, best), number[_nowhere(row, len(area_id))]

    def least_by_zone(self, value: Floats) -> Floats:
        """Return the least value in each zone, shape (k,); NaN where one of its booths has none."""
        least = np.full(len(self.zone_id), np.inf)
        is_known = np.ones(len(self.zone_id), dtype=bool)
        has_zone = self.zone_index >= 0
        np.minimum.at(least, self.zone_index[has_zone], np.nan_to_num(value[has_zone]))
        is_known[self.zone_index[has_zone & np.isnan(value)]] = False
        return np.where(is_known, least, np.nan)

    def _booths(self, ids: Texts) -> tuple[Ints, Bools]:
        if not len(self.booth_id):
            return np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=bool)
        known = self.booth_id.astype(str)
        place = np.minimum(np.searchsorted(known, ids), len(known) - 1)
        return self.at[place], np.asarray(known[place] == ids)


def _nowhere(row: Ints, n_rows: int) -> Ints:
    return np.flatnonzero(np.bincount(row, minlength=n_rows) == 0)
