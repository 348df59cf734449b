"""What pages wait for: made once, beside them, and its faults told to whoever asks."""

import threading
from datetime import UTC, datetime

import pytest

from zoning.errors import StoreError
from zoning.web.workbench import Workbench

LONG_S = 30


class Maker:
    """Makes something when it is let, and remembers for which moments it was asked."""

    def __init__(self):
        self.asked = []
        self.may_make, self.may_end = threading.Event(), threading.Event()
        self.is_told, self.has_ended = threading.Event(), threading.Event()
        self.fault = None

    def __call__(self, at):
        self.asked.append(at)
        self.may_make.wait(LONG_S)
        if self.fault is not None:
            raise self.fault
        yield
        self.is_told.set()
        self.may_end.wait(LONG_S)
        self.has_ended.set()


@pytest.fixture
def maker():
    made = Maker()
    yield made
    made.may_make.set()
    made.may_end.set()


def test_a_page_does_not_wait_for_what_takes_long(maker):
    bench = Workbench(maker)
    assert not bench.has_made(None, patience_s=0)
    assert maker.asked in ([], [None])


def test_what_is_being_made_is_not_begun_again(maker):
    bench = Workbench(maker)
    assert not any(bench.has_made(None, patience_s=0) for _ in range(5))
    maker.may_make.set()
    maker.may_end.set()
    assert maker.has_ended.wait(LONG_S)
    assert maker.asked == [None]


def test_each_moment_is_made_by_itself(maker):
    bench = Workbench(maker)
    then = datetime(2020, 5, 1, tzinfo=UTC)
    bench.has_made(None, patience_s=0)
    bench.has_made(then, patience_s=0)
    maker.may_make.set()
    maker.may_end.set()
    assert maker.has_ended.wait(LONG_S)
    assert set(maker.asked) <= {None, then}


def test_what_is_quick_is_there_at_once(maker):
    maker.may_make.set()
    assert Workbench(maker).has_made(None, patience_s=LONG_S)
    assert not maker.has_ended.is_set(), "what spares later waiting isn't waited for"


def test_after_a_change_it_is_made_anew_although_the_rest_of_the_last_goes_on(maker):
    maker.may_make.set()
    bench = Workbench(maker)
    assert bench.has_made(None, patience_s=LONG_S)
    assert maker.is_told.wait(LONG_S)
    assert bench.has_made(None, patience_s=LONG_S)
    assert maker.asked == [None, None]


def test_a_fault_is_raised_where_it_is_asked_for_and_then_tried_again(maker):
    maker.fault = StoreError("The disk is full.")
    maker.may_make.set()
    bench = Workbench(maker)
    with pytest.raises(StoreError, match="disk is full"):
        bench.has_made(None, patience_s=LONG_S)
    maker.fault = None
    assert bench.has_made(None, patience_s=LONG_S)


def test_whoever_makes_it_himself_gets_the_fault(maker):
    maker.fault = StoreError("The disk is full.")
    maker.may_make.set()
    with pytest.raises(StoreError):
        Workbench(maker).make(None)
