"""Two who write the next version of one draft in the same moment: exactly one of them does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.institution import approved, moment, proposed, published, said
from zoning.errors import OrderError
from zoning.orders.draft import DraftKind
from zoning.store.orders import list_orders
from zoning.workflow import drafting
from zoning.workflow.escalating import raise_due

ROUNDS, RIVALS = 5, 4


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


def at_once(act):
    """Run one act for each rival, all released together; return what each met."""
    gate = Barrier(RIVALS)

    def run(nth):
        gate.wait()
        try:
            return act(nth)
        except OrderError as refusal:
            return refusal

    with ThreadPoolExecutor(RIVALS) as pool:
        return list(pool.map(run, range(RIVALS)))


def winners(ends):
    return [end for end in ends if not isinstance(end, OrderError)]


def test_of_rivals_who_save_the_same_version_one_wins_and_the_others_learn_who(ready):
    draft = drafting.start(ready, DraftKind.ZONES, moment(3), "tester", content=said())
    for turn in range(ROUNDS):
        version = turn + 1

        def save(nth, version=version):
            content = said(f"HS/{version}/{nth}")
            return drafting.save(
                ready, draft.draft_id, version, content, moment(4), f"officer {nth}"
            )

        ends = at_once(save)
        won = winners(ends)
        assert len(won) == 1
        lost = [str(end) for end in ends if isinstance(end, OrderError)]
        assert all(f"{won[0].by} saved it" in told for told in lost), lost
    versions = drafting.history(ready, draft.draft_id, "tester", moment(5))
    assert [v.version for v in versions] == list(range(1, ROUNDS + 2))


def test_of_rivals_who_publish_and_take_back_one_draft_one_wins(ready):
    draft = approved(ready)

    def act(nth):
        if nth % 2:
            return drafting.withdraw(
                ready, draft.draft_id, draft.version, "why", moment(3), f"officer {nth}"
            )
        return published(ready, draft, who=f"officer {nth}")

    assert len(winners(at_once(act))) == 1
    state = drafting.get(ready, draft.draft_id, "tester", moment(4)).state
    with ready.reading() as session:
        assert len(list_orders(session)) == (1 if state == "published" else 0)


def test_a_delay_raised_by_two_ticks_at_once_is_raised_once(ready):
    draft = drafting.start(ready, DraftKind.ZONES, moment(3), "tester", content=said())
    drafting.send(ready, draft.draft_id, 1, moment(3), "tester")
    assert sum(at_once(lambda _: raise_due(ready, moment(40)))) == 1
