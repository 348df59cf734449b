"""Killed in the middle of its publication, a draft is an order in full, or as it was before."""

from __future__ import annotations

from collections import Counter

from tests.institution import YEAR, answered, moment, said
from tests.running import zoning
from tests.soak.commands import Command
from tests.soak.deeds import done
from tests.soak.killing import Pace, kill_somewhere
from tests.soak.states import assert_sound, opened, state
from zoning import clock
from zoning.orders.chain import verify
from zoning.orders.draft import DraftKind
from zoning.store.audit_links import read_links
from zoning.workflow import drafting

DRAFTS = 10
MOST_TRIES = 3
HEAD = Counter(
    orders=1, order_parts=1, order_annexes=1, draft_versions=1, outbox=1, audit=3
)  # fmt: skip
ADDED = {
    DraftKind.ZONES: HEAD + Counter(order_units=1),
    DraftKind.CATEGORIES: HEAD + Counter(order_booths=1),
}


def test_a_publication_killed_anywhere_is_whole_or_never_was(ground, campaign):
    wanted = campaign.size(10, 200)
    ends: Counter[tuple[str, str]] = Counter()
    kills = tries = 0
    pace, waiting = Pace(), []
    place = None
    while kills < wanted and tries < wanted * MOST_TRIES:
        if not waiting:
            if place is not None:
                assert_all_is_sound(place)
            place = ground.fresh()
            waiting = prepared(place)
            # How long one takes is watched, so that the moments are drawn over all of it.
            watched = waiting.pop()
            signs = ground.signs(place)
            pace.learn(Command(place, "drafts", "publish", watched[0], is_forked=True), signs)
            signs.close()
        tries += 1
        draft_id, kind = waiting.pop()
        before = state(place.address)
        signs = ground.signs(place)
        command = Command(place, "drafts", "publish", draft_id, is_forked=True)
        moment, was_killed = kill_somewhere(command, signs, pace, campaign.dice)
        signs.wait_for_the_end()
        signs.close()
        added = state(place.address)
        added.subtract(before)
        differs = Counter({name: n for name, n in added.items() if n})
        assert differs in (Counter(), ADDED[kind]), f"{kind}, killed {moment}: {differs}"
        end = "in" if differs else "out"
        assert_can_be_gone_on_with(draft_id, end)
        if was_killed:
            kills += 1
            ends[moment, end] += 1
            ends[kind.value, end] += 1
    assert_all_is_sound(place)
    assert kills == wanted, "too many publications ended before they were killed"
    campaign.report(f"{kills} kills, {tries - kills} publications ended before theirs")
    for what in sorted({what for what, _ in ends}):
        campaign.report(f"  {what}: {ends[what, 'in']} wholly in, {ends[what, 'out']} wholly out")


def prepared(place):
    """Lead drafts on a ward each up to their approval, zones and categories in turn."""
    done("notices", "add", "email", "control@example.org")
    done("propose", "--on", "2020-05-18")
    found = []
    with opened(place.address) as store:
        for nth in range(DRAFTS):
            kind = (DraftKind.ZONES, DraftKind.CATEGORIES)[nth % 2]
            # The command goes by the clock of today, long after the days of the cases.
            later = moment(0) + 100 * YEAR
            content = said(f"X/{nth}", area_ids=(f"W{nth}",), review_at=later)
            draft = drafting.start(store, kind, clock.now(), "tester", content=content)
            draft = drafting.send(store, draft.draft_id, 1, clock.now(), "tester")
            answered(store, draft, clock.now())
            drafting.approve(store, draft.draft_id, draft.version, clock.now(), "tester")
            found.append((draft.draft_id, kind))
    return found[::-1]


def assert_can_be_gone_on_with(draft_id, end):
    again = zoning("drafts", "publish", draft_id)
    if end == "in":
        assert again.status == 2, again
        assert "it is that already" in again.err
    else:
        assert again.status == 0, again


def assert_all_is_sound(place):
    with opened(place.address) as store:
        assert_sound(store)
        with store.reading() as session:
            assert verify(read_links(session)).broken is None
