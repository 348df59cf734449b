"""What changed between two boundary editions, as kinds, units and ground.

    old           new           told as
+---+---+     +---+---+
| a | b |     | a | c |         b was recoded: c lies where b lay
+---+---+     +---+---+
|   d   |     | d | e |         d was split into d and e
+-------+     +---+---+

Every unit of both editions stands in at least one change. What happens to the ground is
told once a unit; a pair of units may also have been renamed, recoded, given another
level or another parent, each told as a change of its own. `SAME` means none of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from zoning.model import Indices, Texts, Units
from zoning.places.edition_rule import EditionRule, edition_rule
from zoning.places.moved import Groups, Moved, measure_moved, shapes_as_wkt
from zoning.places.overlaps import Overlaps, find_overlaps
from zoning.places.pairing import NOBODY, pair_units, same_words


class ChangeKind(StrEnum):
    """What happened to units between two editions."""

    SAME = "same"
    RENAMED = "renamed"
    RECODED = "recoded"
    MOVED_BORDER = "moved_border"
    SPLIT = "split"
    MERGED = "merged"
    REARRANGED = "rearranged"
    NEW = "new"
    GONE = "gone"
    GAINED_GEOMETRY = "gained_geometry"
    LOST_GEOMETRY = "lost_geometry"
    RELEVELLED = "relevelled"
    REPARENTED = "reparented"

    @property
    def mirror(self) -> ChangeKind:
        """The kind of the same change seen from the new edition back to the old one."""
        return _MIRROR.get(self, self)


_MIRROR = {
    ChangeKind.SPLIT: ChangeKind.MERGED,
    ChangeKind.MERGED: ChangeKind.SPLIT,
    ChangeKind.NEW: ChangeKind.GONE,
    ChangeKind.GONE: ChangeKind.NEW,
    ChangeKind.GAINED_GEOMETRY: ChangeKind.LOST_GEOMETRY,
    ChangeKind.LOST_GEOMETRY: ChangeKind.GAINED_GEOMETRY,
}
_ORDER = {kind: place for place, kind in enumerate(ChangeKind)}


@dataclass(frozen=True)
class Change:
    """One change.

    Attributes
    ----------
    kind : ChangeKind
        What happened.
    old_ids, new_ids : tuple[str, ...]
        Codes before and after, ascending as text; empty for what is new or gone.
    old_names, new_names : tuple[str, ...]
        Names in the order of the codes.
    moved_ha : float
        Ground that changed hands; NaN where there is no polygon to tell, 0 where only a code or a
        word changed. A piece that went from one unit to another is told with both.
    moved_share : float
        Of all ground these units held before or hold now, 0 to 1; NaN as above.
    shape : str
        WKT in WGS84 degrees of the ground that changed hands, simplified for a map; may be empty.
    """

    kind: ChangeKind
    old_ids: tuple[str, ...]
    new_ids: tuple[str, ...]
    old_names: tuple[str, ...]
    new_names: tuple[str, ...]
    moved_ha: float
    moved_share: float
    shape: str


def compare_editions(old: Units, new: Units) -> tuple[Change, ...]:
    """Tell what changed between two editions.

    Parameters
    ----------
    old, new : Units
        Two editions of one area in WGS84 degrees, with or without polygons, of one level or
        several. Levels that lie side by side are compared with each other, any other with itself.

    Returns
    -------
    tuple[Change, ...]
        By kind in the order of `ChangeKind`, then by code; the order of rows doesn't matter.

    Raises
    ------
    CrsError
        If an edition isn't in WGS84 degrees.
    InputError
        If a code stands twice in an edition.
    """
    rule = edition_rule()
    overlaps = find_overlaps(old, new, rule)
    heir = pair_units(old, new, overlaps, rule)
    groups = _group(heir, overlaps, rule)
    moved = measure_moved(groups, overlaps, rule)
    teller = _Teller(old, new, overlaps, heir, moved, shapes_as_wkt(moved.shape, overlaps, rule))
    members_old = _members(groups.of_old, groups.n)
    members_new = _members(groups.of_new, groups.n)
    changes = []
    for group, (olds, news) in enumerate(zip(members_old, members_new, strict=True)):
        changes += teller.tell(group, olds, news, rule)
    return tuple(sorted(changes, key=lambda c: (_ORDER[c.kind], c.old_ids, c.new_ids)))


def _group(heir: Indices, overlaps: Overlaps, rule: EditionRule) -> Groups:
    """Put units with their heirs, and those without with the units their ground came from."""
    n_old, n_new = len(heir), len(overlaps.new.shape)
    i, j = overlaps.old_index, overlaps.new_index
    is_heir = np.zeros(n_new, dtype=bool)
    is_heir[heir[heir != NOBODY]] = True
    linked = np.zeros(len(i), dtype=bool)
    for share, unit, n, has_own in (
        (overlaps.share_of_old, i, n_old, heir != NOBODY),
        (overlaps.share_of_new, j, n_new, is_heir),
    ):
        is_part = (share >= rule.part_share) & ~has_own[unit]
        placed = np.bincount(unit[is_part], weights=share[is_part], minlength=n)
        linked |= is_part & (placed[unit] >= rule.main_share)
    has_heir = np.flatnonzero(heir != NOBODY)
    start = np.concatenate([i[linked], has_heir])
    end = np.concatenate([j[linked], heir[has_heir]]) + n_old
    links = coo_array((np.ones(len(start)), (start, end)), shape=(n_old + n_new,) * 2)
    n, group = connected_components(links, directed=False)
    group = group.astype(np.int32)
    return Groups(heir, group[:n_old], group[n_old:], int(n))


def _members(group: Indices, n: int) -> list[list[int]]:
    members: list[list[int]] = [[] for _ in range(n)]
    for unit, number in enumerate(group):
        members[number].append(unit)
    return members


class _Teller:
    """Turns groups of units into changes."""

    def __init__(
        self,
        old: Units,
        new: Units,
        overlaps: Overlaps,
        heir: Indices,
        moved: Moved,
        shape: Texts,
    ) -> None:
        self._old, self._new, self._heir = old, new, heir
        self._moved, self._shape = moved, shape
        self._is_drawn = [~shapely.is_missing(g.shape) for g in (overlaps.old, overlaps.new)]
        self._code_after = {
            str(old.unit_id[i]): str(new.unit_id[j]) for i, j in enumerate(heir) if j != NOBODY
        }

    def tell(self, group: int, olds: list[int], news: list[int], rule: EditionRule) -> list[Change]:
        """Return the changes of one group."""
        if not olds or not news:
            return [self._ground(ChangeKind.GONE if olds else ChangeKind.NEW, group, olds, news)]
        if len(olds) == len(news) == 1 and self._heir[olds[0]] == news[0]:
            kinds = self._kinds_of_pair(olds[0], news[0])
            changes = [self._word(kind, olds[0], news[0]) for kind in kinds]
            if self._moved.area_ha[group] > 0:
                changes.append(self._ground(ChangeKind.MOVED_BORDER, group, olds, news))
            return changes or [self._word(ChangeKind.SAME, olds[0], news[0])]
        kind = ChangeKind.REARRANGED
        if self._moved.agreement[group] >= rule.whole_share and len(olds) != len(news):
            if len(olds) == 1:
                kind = ChangeKind.SPLIT
            elif len(news) == 1:
                kind = ChangeKind.MERGED
        changes = [self._ground(kind, group, olds, news)]
        # Codes and names of the group stand in the change itself; what else happened to a
        # unit that goes on under its own code would be lost.
        for i in olds:
            j = int(self._heir[i])
            if j != NOBODY and self._old.unit_id[i] == self._new.unit_id[j]:
                changes += [self._word(kind, i, j) for kind in self._kinds_of_pair(i, j)]
        return changes

    def _kinds_of_pair(self, i: int, j: int) -> list[ChangeKind]:
        old, new = self._old, self._new
        before, after = str(old.parent_id[i]), str(new.parent_id[j])
        is_drawn = bool(self._is_drawn[0][i]), bool(self._is_drawn[1][j])
        # A parent told for the first time, or under its new code, is the parent it was.
        expected = self._code_after.get(before, before)
        has_other_parent = bool(before and after) and same_words(expected) != same_words(after)
        holds = {
            ChangeKind.RENAMED: same_words(old.name[i]) != same_words(new.name[j]),
            ChangeKind.RECODED: str(old.unit_id[i]) != str(new.unit_id[j]),
            ChangeKind.GAINED_GEOMETRY: is_drawn == (False, True),
            ChangeKind.LOST_GEOMETRY: is_drawn == (True, False),
            ChangeKind.RELEVELLED: str(old.level[i]) != str(new.level[j]),
            ChangeKind.REPARENTED: has_other_parent,
        }
        return [kind for kind, is_so in holds.items() if is_so]

    def _word(self, kind: ChangeKind, i: int, j: int) -> Change:
        has_both = bool(self._is_drawn[0][i] and self._is_drawn[1][j])
        nothing = 0.0 if has_both else float("nan")
        return self._change(kind, [i], [j], nothing, nothing, "")

    def _ground(self, kind: ChangeKind, group: int, olds: list[int], news: list[int]) -> Change:
        moved = self._moved
        return self._change(
            kind,
            olds,
            news,
            float(moved.area_ha[group]),
            float(moved.share[group]),
            str(self._shape[group]),
        )

    def _change(
        self,
        kind: ChangeKind,
        olds: list[int],
        news: list[int],
        moved_ha: float,
        moved_share: float,
        shape: str,
    ) -> Change:
        before = sorted((str(self._old.unit_id[i]), str(self._old.name[i])) for i in olds)
        after = sorted((str(self._new.unit_id[j]), str(self._new.name[j])) for j in news)
        return Change(
            kind,
            tuple(code for code, _ in before),
            tuple(code for code, _ in after),
            tuple(name for _, name in before),
            tuple(name for _, name in after),
            moved_ha,
            moved_share,
            shape,
        )
