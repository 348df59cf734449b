"""Killed at any moment, a command has done all of its work or nothing, and can be run again."""

from __future__ import annotations

from collections import Counter, defaultdict

from tests.running import zoning
from tests.soak.commands import Command
from tests.soak.deeds import ADDED, DEEDS, Deed
from tests.soak.killing import Pace, kill_somewhere
from tests.soak.states import assert_sound, opened, state

KILLS_ON_ONE = 10
MOST_TRIES = 3
WATCHED = 3


def test_a_command_killed_anywhere_has_done_all_or_nothing(ground, campaign):
    is_forked = not campaign.is_long
    paces = learn_paces(ground, campaign, is_forked)
    wanted = campaign.size(10, 200)
    ends: Counter[tuple[str, str]] = Counter()
    kills = tries = 0
    while kills < wanted and tries < wanted * MOST_TRIES:
        if tries % KILLS_ON_ONE == 0:
            place = ground.fresh()
        tries += 1
        make = campaign.dice.choices(list(DEEDS), list(DEEDS.values()))[0]
        deed = make(ground.folder, 100 + tries, place.address)
        before = state(place.address)
        signs = ground.signs(place)
        command = Command(place, *deed.arguments, is_forked=is_forked)
        moment, was_killed = kill_somewhere(command, signs, paces[deed.name], campaign.dice)
        signs.wait_for_the_end()
        signs.close()
        added = state(place.address)
        added.subtract(before)
        end = in_or_out(deed, moment, added)
        assert_can_be_run_again(deed, end)
        if was_killed:
            kills += 1
            ends[moment, end] += 1
            ends[deed.name, end] += 1
        if tries % KILLS_ON_ONE == 0:
            with opened(place.address) as store:
                assert_sound(store)
    assert kills == wanted, "too many commands ended before they were killed"
    campaign.report(f"{kills} kills, {tries - kills} commands ended before theirs")
    for what in sorted({what for what, _ in ends}):
        campaign.report(f"  {what}: {ends[what, 'in']} wholly in, {ends[what, 'out']} wholly out")


def in_or_out(deed: Deed, moment: str, added: Counter[str]) -> str:
    differs = Counter({name: n for name, n in added.items() if n})
    assert differs in (Counter(), ADDED[deed.name]), f"{deed.name}, killed {moment}: {differs}"
    return "in" if differs else "out"


def assert_can_be_run_again(deed: Deed, end: str) -> None:
    again = zoning(*deed.arguments)
    if end == "in":
        assert again.status == 2, again
        assert deed.said_when_done in again.err
    else:
        assert again.status == 0, again


def learn_paces(ground, campaign, is_forked):
    """Watch each deed a few times, so that the moments are drawn over its real length."""
    paces: dict[str, Pace] = defaultdict(Pace)
    if not campaign.is_long:
        return paces
    place = ground.fresh()
    for number in range(10, 10 + WATCHED):
        for make in DEEDS:
            deed = make(ground.folder, number, place.address)
            signs = ground.signs(place)
            paces[deed.name].learn(Command(place, *deed.arguments, is_forked=is_forked), signs)
            signs.close()
    return paces
