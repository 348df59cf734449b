"""A draft keeps what an officer wrote, and refuses what nobody can mean."""

from datetime import UTC, date, datetime

import pytest

from zoning.errors import OrderError
from zoning.orders.draft import DraftContent, Override, from_json, to_json
from zoning.orders.paper import Commander, Direction, Gate

AT = datetime(2020, 5, 20, 10, tzinfo=UTC)


def test_a_draft_comes_back_from_json_as_it_was():
    content = DraftContent(
        number="Z-1",
        effective_at=AT,
        supersedes=("Z-0",),
        overrides=(Override("W1", "orange", "red", "twelve cases in one lane"),),
        directions=(Direction("Barricade", "BDO", AT),),
        gates=(Gate("CZ-20200520-001", "Main road", "06:00-10:00", is_medical_exit=True),),
        commanders=(Commander("A. Sen", "ADM", "033", ("CZ-20200520-001",)),),
    )
    assert from_json(to_json(content)) == content


def test_an_override_without_a_reason_is_refused():
    with pytest.raises(OrderError, match="W1 needs a reason"):
        Override("W1", "red", "orange", "  ")


def test_a_concurrence_has_a_number_and_a_day():
    with pytest.raises(OrderError, match="number and its day"):
        Override("W1", "red", "orange", "asked", concurrence="HOME/12")
    assert Override("W1", "red", "orange", "asked", "HOME/12", date(2020, 5, 19)).concurrence


def test_two_decisions_on_one_area_are_refused():
    one = Override("W1", "red", "orange", "asked")
    with pytest.raises(OrderError, match="twice on W1"):
        DraftContent(overrides=(one, one))


def test_a_time_without_zone_is_refused():
    with pytest.raises(OrderError, match="without its zone"):
        DraftContent(effective_at=datetime(2020, 5, 20, 10))
