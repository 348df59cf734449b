"""Two imports at once: of the same file one wins, of different files both land."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.soak import deeds
from tests.soak.commands import Command
from tests.soak.deeds import ADDED
from tests.soak.states import state


def run_at_once(place, campaign, *rivals):
    commands = [Command(place, *deed.arguments, is_forked=not campaign.is_long) for deed in rivals]
    return [(command.wait(), command.said.strip()) for command in commands]


@pytest.mark.parametrize("make", [deeds.cases, deeds.boundaries])
def test_of_two_that_bring_the_same_file_one_wins(ground, campaign, make):
    place = ground.fresh()
    for number in range(campaign.size(1, 20)):
        deed = make(ground.folder, number + 100, place.address)
        before = state(place.address)
        ends = sorted(run_at_once(place, campaign, deed, deed))
        assert [status for status, _ in ends] == [0, 2], ends
        assert len(ends[1][1].splitlines()) == 1
        assert deed.said_when_done in ends[1][1]
        assert state(place.address) - before == ADDED[deed.name]


def test_of_two_that_bring_different_files_both_land(ground, campaign):
    place = ground.fresh()
    for number in range(campaign.size(1, 20)):
        rivals = [
            make(ground.folder, 100 + number, place.address)
            for make in campaign.dice.sample([deeds.cases, deeds.boundaries, deeds.facilities], 2)
        ]
        before = state(place.address)
        ends = run_at_once(place, campaign, *rivals)
        assert [status for status, _ in ends] == [0, 0], ends
        added = sum((ADDED[deed.name] for deed in rivals), Counter())
        assert state(place.address) - before == added
