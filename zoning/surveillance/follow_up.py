"""What the register says on a day: houses visited, contacts open, samples pending.

Every row is told of ground: of a booth, or of a zone, which then means each booth the
zone had on that day. Today's zones are read through their booths. So after a split both
halves keep what was told of the whole, and after a merge a part nobody visited makes the
whole one short. Where a statement can't be divided, it holds for each part: an open contact
of a zone now divided keeps both parts shut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from zoning.model import Bools, Contacts, ContactStatus, Days, Floats, Ints, Rounds, Samples, Texts
from zoning.surveillance.follow_up_areas import Grounds
from zoning.surveillance.grouping import ends, group_numbers
from zoning.surveillance.memberships import Memberships

FOLLOWED_THROUGH = (ContactStatus.FOLLOWED.value, ContactStatus.COMPLETED.value)
TENTHS_OF_ALL = 1000


@dataclass(frozen=True)
class FollowUpTerms:
    """What a policy asks of the register.

    Attributes
    ----------
    house_round_within_days : int
        For how many days a round speaks, its own being one of them.
    contacts_followed_days : int
        Days after the last exposure through which a contact is followed.
    contact_attempts_to_close : int
        Documented attempts after which a lost contact is closed.
    """

    house_round_within_days: int
    contacts_followed_days: int
    contact_attempts_to_close: int


@dataclass(frozen=True)
class FollowUp:
    """The register on one day; k zones, n booths.

    Attributes
    ----------
    zone_id : Texts
        Today's zones, sorted, shape (k,).
    house_round_percent : Floats
        Houses visited in the least visited booth of the zone, shape (k,); NaN where a booth
        had no round in time.
    open_contacts, pending_samples : Ints
        Contacts still to be followed; samples without a result; shape (k,).
    booth_round_percent : Floats
        Houses visited, shape (n,); NaN without a round in time.
    unplaced_rounds, unplaced_contacts, unplaced_samples : Ints
        Positions of rows that count and whose area is neither a booth nor a zone of that day.
    """

    zone_id: Texts
    house_round_percent: Floats
    open_contacts: Ints
    pending_samples: Ints
    booth_round_percent: Floats
    unplaced_rounds: Ints
    unplaced_contacts: Ints
    unplaced_samples: Ints


def follow_up(
    on: date,
    booth_id: Texts,
    zone: Texts,
    rounds: Rounds,
    contacts: Contacts,
    samples: Samples,
    memberships: Memberships,
    terms: FollowUpTerms,
) -> FollowUp:
    """Return what the register says of each zone on a day.

    Parameters
    ----------
    on : date
        Day judged; rows of later days have no effect.
    booth_id, zone : Texts
        All booths of the edition; the zone each lies in today, empty for none; shape (n,).
    rounds, contacts, samples : Rounds, Contacts, Samples
        Rows as known, in the sequence in which they became known.
    memberships : Memberships
        Which booths each zone had when.
    terms : FollowUpTerms
        What the policy asks.
    """
    day = np.datetime64(on, "D")
    grounds = Grounds.of(booth_id, zone, memberships)
    booth_percent, no_round = _rounds(day, rounds, grounds, terms)
    told, is_open = _contacts(day, contacts, terms)
    open_rows = told[is_open]
    open_contacts, no_contact = grounds.sum_by_zone(
        contacts.area_id[open_rows], contacts.told_on[open_rows], np.ones_like(open_rows)
    )
    taken = newest(
        group_numbers([samples.area_id.astype(str), samples.taken_on]), samples.taken_on <= day
    )
    pending = (samples.samples - samples.results)[taken]
    waiting = taken[pending > 0]
    pending_samples, no_sample = grounds.sum_by_zone(
        samples.area_id[waiting], samples.taken_on[waiting], pending[pending > 0]
    )
    return FollowUp(
        zone_id=grounds.zone_id,
        house_round_percent=grounds.least_by_zone(booth_percent),
        open_contacts=open_contacts,
        pending_samples=pending_samples,
        booth_round_percent=booth_percent,
        unplaced_rounds=no_round,
        unplaced_contacts=open_rows[no_contact],
        unplaced_samples=waiting[no_sample],
    )


def newest(thing: Ints, counts: Bools, *rank: Days) -> Ints:
    """Return the row of each thing that was told last, among the rows that count.

    Parameters
    ----------
    thing : Ints
        Number of what a row speaks of, shape (n,).
    counts : Bools
        Which rows count, shape (n,).
    *rank : Days
        What comes before the sequence of the rows, each of shape (n,).
    """
    row = np.flatnonzero(counts)
    order = row[np.lexsort((row, *(key[row] for key in rank), thing[row]))]
    return order[ends(thing[order])]


def _rounds(
    day: np.datetime64, rounds: Rounds, grounds: Grounds, terms: FollowUpTerms
) -> tuple[Floats, Ints]:
    area = rounds.area_id.astype(str)
    ago = (day - rounds.on).astype(np.int64)
    is_in_time = (ago >= 0) & (ago < terms.house_round_within_days)
    row = newest(group_numbers([area, rounds.on]), is_in_time)
    # One round must reach the houses: rounds of two days may have met the same ones. It is
    # held against the most houses told, as a round that knows of fewer isn't a better one.
    place, of_place = np.unique(area[row], return_inverse=True)
    most = np.zeros(len(place), dtype=np.int64)
    np.maximum.at(most, of_place, rounds.houses_total[row])
    # Down to a tenth of a percent: what is shown is what is judged, and never flatters.
    percent = rounds.houses_visited[row] * TENTHS_OF_ALL // most[of_place] / 10
    return grounds.best_by_booth(rounds.area_id[row], rounds.on[row], percent, row)


def _contacts(day: np.datetime64, contacts: Contacts, terms: FollowUpTerms) -> tuple[Ints, Bools]:
    """Return the newest row of each contact, and which of these are open."""
    thing = group_numbers([contacts.contact_id.astype(str)])
    is_told = contacts.told_on <= day
    told = newest(thing, is_told, contacts.told_on)
    n_things = int(thing.max(initial=-1)) + 1
    # A contact of unknown exposure met its case on the day it was first told, or before.
    exposed_on = np.full(n_things, day)
    np.minimum.at(exposed_on, thing[is_told], contacts.told_on[is_told].astype("datetime64[D]"))
    dated = newest(thing, is_told & ~np.isnat(contacts.last_exposure_on), contacts.told_on)
    exposed_on[thing[dated]] = contacts.last_exposure_on[dated]
    followed_days = (contacts.told_on[told] - exposed_on[thing[told]]).astype(np.int64)
    status = contacts.status[told].astype(str)
    is_through = np.isin(status, FOLLOWED_THROUGH) & (followed_days >= terms.contacts_followed_days)
    is_given_up = (status == ContactStatus.LOST.value) & (
        contacts.attempts[told] >= terms.contact_attempts_to_close
    )
    return told, ~(is_through | is_given_up)
