"""Random officers take random steps: nothing illegal succeeds, and nothing published changes."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.institution import ON, SHELF, answered, moment, officer, proposed, published, said
from tests.property import drafting_model as model
from tests.property.drafting_model import (
    ANSWERERS,
    APPROVERS,
    DRAFTERS,
    OFFICERS,
    SIGNS,
    STATE,
    Declared,
    Known,
)
from zoning.access import Role
from zoning.errors import SeemanaError
from zoning.orders.draft import Override
from zoning.orders.state import OrderState
from zoning.orders.steps import lacks
from zoning.store.engine import open_store, upgrade
from zoning.workflow import drafting
from zoning.workflow.consulting import answer
from zoning.workflow.escalating import raise_due
from zoning.workflow.superseding import mark_ended

# Half of the time somebody who may everything, else few drafts would come far.
WHO = st.sampled_from([OFFICERS[0]] * len(OFFICERS) + list(OFFICERS))
LAG = st.sampled_from([0, 0, 0, 1])
"""How many versions behind the latest somebody is: most often none."""

REACHED: Counter[str] = Counter()
"""How often it came to what matters most: a machine that never publishes proves nothing."""

OPEN = (OrderState.DRAFT, OrderState.IN_CONSULTATION, OrderState.APPROVED)


class Drafting(RuleBasedStateMachine):
    """Drafts of the state and of two districts, in the hands of nine officers."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "seemana.db")
        self.store = open_store(f"sqlite:///{self.folder / 'seemana.db'}")
        self.hours = 3.0
        self.drafts: dict[int, Known] = {}
        self.declared: list[Declared] = []
        self.rows: dict[tuple[object, ...], str] = {}
        self.serial = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @property
    def at(self):
        self.hours += 0.01
        return moment(self.hours)

    def who(self, one):
        return "tester" if one[0] is Role.LOCAL else officer(self.store, *one, at=moment(3))

    def pick(self, data) -> tuple[int, Known]:
        number = data.draw(st.sampled_from(sorted(self.drafts)))
        return number, self.drafts[number]

    def written(self) -> list[int]:
        return sorted(n for n, k in self.drafts.items() if k.state is OrderState.DRAFT)

    def attempt(self, known: Known, act, *, is_lawful: bool, to: OrderState | None = None):
        """Take a step, which succeeds exactly if it is lawful."""
        before = model.rows_of(self.store)
        try:
            act()
        except SeemanaError as refusal:
            assert not is_lawful, refusal
            assert model.rows_of(self.store) == before, "a refusal writes nothing"
            return False
        assert is_lawful, "an unlawful step succeeded"
        known.version += 1
        known.state = to or known.state
        return True

    @initialize()
    def begin(self):
        for area in (STATE, "N", "S"):
            self.start(area=area, who=OFFICERS[0])

    @rule(area=st.sampled_from(["", "N", "S"]), who=WHO)
    def start(self, area, who):
        may = Known(area).may(who, DRAFTERS)
        self.serial += 1
        content = said(f"X/{self.serial}", SIGNS[area])
        try:
            draft = drafting.start(
                self.store,
                model.kind_of(area),
                self.at,
                self.who(who),
                area_unit_id=area,
                content=content,
                shelf=SHELF,
            )
        except SeemanaError as refusal:
            assert not may, refusal
            return
        assert may
        self.drafts[draft.draft_id] = Known(area)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG, later=st.sampled_from([None, 5.0]), odd=st.booleans())
    def save(self, data, who, lag, later, odd):
        number, known = self.pick(data)
        self.serial += 1
        overrides = ()
        if odd:
            area = {"": "W5", "N": "W2-a", "S": "W5-a"}[known.area]
            decided = "orange" if known.area == STATE else "A"
            overrides = (Override(area, "", decided, "as seen there"),)
        effective_at = None if later is None else moment(self.hours + later)
        content = said(
            f"X/{self.serial}", SIGNS[known.area], overrides=overrides, effective_at=effective_at
        )
        self.attempt(
            known,
            lambda: drafting.save(
                self.store, number, known.version - lag, content, self.at, self.who(who)
            ),
            is_lawful=not lag
            and known.state is OrderState.DRAFT
            and known.may(who, DRAFTERS, APPROVERS),
        )

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG)
    def send(self, data, who, lag):
        number, known = self.pick(data)
        if self.attempt(
            known,
            lambda: drafting.send(self.store, number, known.version - lag, self.at, self.who(who)),
            is_lawful=not lag
            and known.state is OrderState.DRAFT
            and known.may(who, DRAFTERS, APPROVERS),
            to=OrderState.IN_CONSULTATION,
        ):
            known.waiting = known.offices

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, office=st.sampled_from(["home", "police", "health"]))
    def answer(self, data, who, office):
        number, known = self.pick(data)
        may = who[0] is Role.LOCAL or who in ANSWERERS[office].get(known.area, set())
        is_lawful = may and known.state is OrderState.IN_CONSULTATION and office in known.offices
        done = self.attempt(
            known,
            lambda: answer(
                self.store, number, office, "agrees", "", "L/1", ON, self.at, self.who(who)
            ),
            is_lawful=is_lawful,
        )
        if done:
            # An answer is no version of the draft.
            known.version -= 1
            known.waiting -= {office}

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG)
    def give_back(self, data, who, lag):
        number, known = self.pick(data)
        self.attempt(
            known,
            lambda: drafting.give_back(
                self.store, number, known.version - lag, "why", self.at, self.who(who)
            ),
            is_lawful=not lag and known.state in OPEN[1:] and known.may(who, DRAFTERS, APPROVERS),
            to=OrderState.DRAFT,
        )

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG)
    def approve(self, data, who, lag):
        number, known = self.pick(data)
        draft = drafting.get(self.store, number, "checker", self.at)
        lacking = list(lacks(draft.content, moment(self.hours + 0.01)))
        self.attempt(
            known,
            lambda: drafting.approve(
                self.store, number, known.version - lag, self.at, self.who(who)
            ),
            is_lawful=not lag
            and known.state is OrderState.IN_CONSULTATION
            and not known.waiting
            and known.may(who, APPROVERS)
            and not lacking,
            to=OrderState.APPROVED,
        )

    @precondition(lambda self: self.written())
    @rule(data=st.data(), is_published=st.sampled_from([True, True, False]))
    def lead(self, data, is_published):
        """Bring a draft up to its approval, as it usually goes, and mostly publish it."""
        number = data.draw(st.sampled_from(self.written()))
        known = self.drafts[number]
        draft = drafting.get(self.store, number, "checker", self.at)
        self.serial += 1
        content = replace(
            draft.content, number=f"X/{self.serial}", signatory=SIGNS[known.area], effective_at=None
        )
        saved = drafting.save(self.store, number, known.version, content, self.at, "tester")
        sent = drafting.send(self.store, number, saved.version, self.at, "tester")
        answered(self.store, sent, self.at)
        after = drafting.approve(self.store, number, sent.version, self.at, "tester")
        known.version, known.state, known.waiting = after.version, after.state, set()
        if is_published:
            self._publish(number, known, OFFICERS[0], 0)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG)
    def publish(self, data, who, lag):
        number, known = self.pick(data)
        self._publish(number, known, who, lag)

    def _publish(self, number: int, known: Known, who, lag: int) -> None:
        draft = drafting.get(self.store, number, "checker", self.at)
        seen = replace(draft, version=known.version - lag)
        before = model.rows_of(self.store)
        try:
            order = published(self.store, seen, at=self.at, who=self.who(who))
        except SeemanaError:
            # Whether what is in force has changed meanwhile isn't in the model.
            assert model.rows_of(self.store) == before, "a refusal writes nothing"
            return
        assert not lag
        assert known.state is OrderState.APPROVED
        assert known.may(who, APPROVERS)
        known.version += 1
        known.state = OrderState.PUBLISHED
        self.declared.append(model.declared_by(self.store, order.number))
        REACHED["published"] += 1

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), who=WHO, lag=LAG)
    def withdraw(self, data, who, lag):
        number, known = self.pick(data)
        self.attempt(
            known,
            lambda: drafting.withdraw(
                self.store, number, known.version - lag, "why", self.at, self.who(who)
            ),
            is_lawful=not lag and known.state in OPEN and known.may(who, DRAFTERS, APPROVERS),
            to=OrderState.WITHDRAWN,
        )

    @precondition(lambda self: self.declared)
    @rule(data=st.data(), who=WHO)
    def withdraw_order(self, data, who):
        number = data.draw(st.sampled_from([d.number for d in self.declared]))
        before = model.really_in_force(self.store, moment(self.hours))[1]
        try:
            drafting.withdraw_order(self.store, number, "why", self.at, self.who(who))
        except SeemanaError:
            return
        REACHED["withdrawn"] += 1
        after = model.really_in_force(self.store, moment(self.hours))[1]
        lost = {b for b, c in before.items() if c == "A"} - {
            b for b, c in after.items() if c == "A"
        }
        assert not lost or number.startswith("S-"), "a booth left Category A without a release"
        self._follow()

    @rule(booth=st.sampled_from(["W3-a", "W2-d", "W5-b"]), who=WHO)
    def seal(self, booth, who):
        area = "S" if booth.startswith("W5") else "N"
        may = who[0] is Role.LOCAL or who == (Role.DISTRICT_MAGISTRATE, area)
        try:
            order = model.sealed(self.store, booth, self.at, self.who(who))
        except SeemanaError:
            return
        assert may
        REACHED["sealed"] += 1
        self.declared.append(model.declared_by(self.store, order.number))
        self._follow()

    @rule(hours=st.sampled_from([1.0, 6.0, 30.0]))
    def wait(self, hours):
        self.hours += hours

    @rule()
    def tick(self):
        mark_ended(self.store, self.at)
        raise_due(self.store, self.at)
        self._follow()

    def _follow(self):
        """Take over which drafts were begun or ended by what was done with orders."""
        for draft in drafting.list_drafts(self.store, "checker", moment(self.hours)):
            known = self.drafts.get(draft.draft_id)
            if known is None and draft.is_open:
                self.drafts[draft.draft_id] = Known(draft.area_unit_id, version=draft.version)
            elif known is not None and draft.version != known.version:
                assert draft.state in (OrderState.WITHDRAWN, OrderState.SUPERSEDED)
                known.version, known.state = draft.version, draft.state

    @invariant()
    def nothing_written_ever_changes(self):
        rows = model.rows_of(self.store)
        changed = [key for key, told in self.rows.items() if rows.get(key) != told]
        assert not changed
        self.rows = rows

    @invariant()
    def what_is_in_force_is_what_the_model_says(self):
        ended = model.ends_of(self.store)
        for ahead in (0.0, 4.0, 20.0):
            at = moment(self.hours + ahead)
            said_so = model.in_force(self.declared, ended, at)
            assert model.really_in_force(self.store, at) == said_so

    @invariant()
    def versions_and_chain_are_sound(self):
        model.assert_versions_are_lawful(self.store, moment(self.hours))
        model.assert_chain_holds(self.store)


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """Return an embedded database with places, cases, a proposal and its officers."""
    folder = tmp_path_factory.mktemp("drafting")
    store = open_store(f"sqlite:///{folder / 'template.db'}", is_new=True)
    upgrade(store)
    proposed(store, folder)
    for one in OFFICERS[1:]:
        officer(store, *one, at=moment(3))
    store.close()
    return folder / "template.db"


def test_nothing_illegal_succeeds_and_nothing_published_changes(template):
    Drafting.template = template
    bounded = settings(
        max_examples=25, stateful_step_count=40, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Drafting, settings=bounded)
    assert min(REACHED[deed] for deed in ("published", "sealed", "withdrawn")) >= 3, REACHED
