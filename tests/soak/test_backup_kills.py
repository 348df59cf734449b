"""Killed in a backup or a restore, there is the old one or the new one, never neither."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.soak import deeds
from tests.soak.commands import Command
from tests.soak.deeds import done
from tests.soak.states import opened, state
from zoning.store.backup_file import read_manifest


@pytest.fixture
def place(ground):
    """Fill a database, keep a backup of it, and then add to it."""
    place = ground.fresh()
    done("backup", place.folder / "old.backup")
    done(*deeds.cases(place.folder, 100, place.address).arguments)
    return place


class Killing:
    """Kills of one command, half of them while it writes."""

    def __init__(self, place, ground, campaign, sign, *arguments):
        self._start = lambda: Command(place, *arguments, is_forked=not campaign.is_long)
        self._signs = lambda: ground.signs(place)
        self._sign = sign
        self._dice = campaign.dice
        command, signs = self._start(), self._signs()
        command.wait_until(lambda: sign(signs))
        self._began_s = time.monotonic() - command.started
        assert command.wait() == 0, command.said
        # A little longer than it took: the last steps are the ones that count.
        self._length_s = 1.2 * (time.monotonic() - command.started)
        signs.close()

    def once(self) -> bool:
        """Kill the command somewhere in its length; tell whether it came to that."""
        command, signs = self._start(), self._signs()
        if self._dice.random() < 0.5:
            is_there = command.wait_for(self._dice.uniform(0, self._length_s))
        else:
            left_s = self._length_s - self._began_s
            is_there = command.wait_until(lambda: self._sign(signs))
            is_there = is_there and command.wait_for(self._dice.uniform(0, left_s))
        if is_there:
            command.kill()
        command.wait()
        signs.wait_for_the_end()
        signs.close()
        return is_there


def test_a_backup_killed_anywhere_leaves_the_old_file_or_the_new_one(place, ground, campaign):
    file = place.folder / "copies" / "seemana.backup"
    file.parent.mkdir()
    killing = Killing(place, ground, campaign, lambda _: has_draft(file.parent), "backup", file)
    before, standing = state(place.address), read_manifest(file).made_at
    ends: Counter[str] = Counter()
    for _ in range(campaign.size(4, 60)):
        if not killing.once():
            ends["not killed"] += 1
        told = read_manifest(file)
        ends["old" if told.made_at == standing else "new"] += 1
        standing = told.made_at
        assert told.rows["cases"] == before["cases"]
    assert state(place.address) == before
    done("backup", file)
    assert [path.name for path in file.parent.glob("*draft*")] == []
    campaign.report(str(dict(ends)))


def test_a_restore_killed_anywhere_leaves_the_old_database_or_the_new_one(place, ground, campaign):
    old, file = place.folder / "old.backup", place.folder / "new.backup"
    done("backup", file)
    full = state(place.address)
    command = ("restore", old, "--replace")
    killing = Killing(place, ground, campaign, lambda signs: is_restoring(place, signs), *command)
    restored = state(place.address) - Counter(audit=1)
    ends: Counter[str] = Counter()
    for _ in range(campaign.size(3, 60)):
        done("restore", file, "--replace")
        before = state(place.address)
        assert before - Counter(audit=1) == full
        kept = names_kept(place)
        if not killing.once():
            ends["not killed"] += 1
        after = state(place.address)
        if after == before:
            ends["old"] += 1
            continue
        # On a server the entry in the audit is a step of its own.
        assert after in (restored, restored + Counter(audit=1)), after - restored
        ends["new"] += 1
        (aside,) = names_kept(place) - kept
        assert cases_in(place, aside) == before["cases"]
    campaign.report(str(dict(ends)))


def has_draft(folder: Path) -> bool:
    return any(folder.glob(".seemana-draft-*"))


def is_restoring(place, signs) -> bool:
    if place.address.startswith("sqlite"):
        return has_draft(Path(place.address.removeprefix("sqlite:///")).parent)
    return bool(signs.is_writing())


def names_kept(place) -> set[str]:
    if place.address.startswith("sqlite"):
        file = Path(place.address.removeprefix("sqlite:///"))
        return {str(path) for path in file.parent.glob(f"{file.name}.replaced*")}
    with opened(place.address) as store, store.reading() as session:
        names = session.scalars(text("select nspname from pg_namespace"))
        return {name for name in names if name.startswith("replaced")}


def cases_in(place, aside) -> int:
    if place.address.startswith("sqlite"):
        return state(f"sqlite:///{aside}")["cases"]
    with opened(place.address) as store, store.reading() as session:
        return int(session.scalar(text(f"select count(*) from {aside}.cases")) or 0)
