"""Another order is another file; which one answers depends on place and time."""

from dataclasses import replace
from datetime import date

import pytest

from tests.measuring import AT_901, FICTIONAL, ask, fictional, sections, write_order
from zoning.errors import InputError, RuleError
from zoning.measures.conditions import Seats
from zoning.measures.memo import MEMOS_DIR, find_memo, known_memos
from zoning.measures.memo_file import read_memo
from zoning.measures.order import Place
from zoning.measures.phrases import sentence
from zoning.measures.question import Answered, Silence

SEATS = 'conditions = [{ kind = "seats", at_least = 5, percent = 25, part = "bus" }]'
IN_2031 = "2031-01-15T12:00"
SHIPPED = known_memos(None)
WEST_BENGAL = Place("19")


@pytest.fixture
def other(tmp_path):
    return fictional(tmp_path)


def test_the_order_in_force_there_and_then_answers(other):
    memos = (*SHIPPED, other)
    later = ask("buses", IN_2031, place=AT_901, memos=memos, seats=40)
    assert [memo.id for memo in later.memos] == ["fictional-7-2031"]
    assert [a.at_most for a in later.conditions if isinstance(a.condition, Seats)] == [10]
    then = ask("buses", place=WEST_BENGAL, memos=memos, seats=40)
    assert [memo.id for memo in then.memos] == ["177-cs-2020"]
    assert then.conditions[0].at_most == 20


def test_an_order_does_not_bind_elsewhere(other):
    memos = (*SHIPPED, other)
    assert ask("buses", IN_2031, place=WEST_BENGAL, memos=memos).silence is Silence.ENDED
    beside = ask("buses", IN_2031, place=Place("99", "902"), memos=memos)
    assert beside.silence is Silence.ELSEWHERE
    named = ask("buses", place=AT_901, memos=memos, order_id="177-cs-2020")
    assert named.status is Answered.NOT_ADDRESSED
    assert "does not bind" in sentence(named)


def test_an_order_that_is_named_and_not_in_force_is_silent(other):
    memos = (*SHIPPED, other)
    told = ask("buses", IN_2031, memos=memos, order_id="177-cs-2020")
    assert told.status is Answered.NOT_ADDRESSED
    assert "ended on 31 May 2020" in sentence(told)


def test_a_key_that_only_another_order_knows_is_not_addressed_and_not_refused(other):
    memos = (*SHIPPED, other)
    told = ask("metro_rail", IN_2031, place=AT_901, memos=memos)
    assert told.silence is Silence.UNSAID
    assert ask("kite_flying", place=WEST_BENGAL, memos=memos).silence is Silence.UNSAID


def test_a_clause_may_begin_later_than_its_order(other):
    early, late = (
        ask("kite_flying", at, place=AT_901, memos=(other,))
        for at in ("2031-01-09T12:00", "2031-01-10T12:00")
    )
    assert early.silence is Silence.NOT_YET
    assert late.status is Answered.PROHIBITED


def test_without_a_district_two_orders_of_different_territories_are_refused_and_not_guessed(
    tmp_path,
):
    whole = fictional(
        tmp_path, ('id = "fictional-7-2031"', 'id = "fictional-8"'), ('districts = ["901"]', "")
    )
    part = fictional(tmp_path)
    with pytest.raises(InputError, match="--district"):
        ask("buses", IN_2031, memos=(whole, part), place=Place("99"))
    elsewhere = ask("buses", IN_2031, memos=(whole, part), place=Place("99", "902"))
    assert [memo.id for memo in elsewhere.memos] == ["fictional-8"]


@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_orders_in_force_the_strictest_wins_and_both_are_cited(tmp_path, is_first):
    whole = fictional(
        tmp_path,
        ('id = "fictional-7-2031"', 'id = "fictional-8"'),
        ('districts = ["901"]', ""),
        ('status = "conditional"', 'status = "prohibited"'),
        (SEATS, ""),
    )
    memos = (whole, fictional(tmp_path))
    told = ask("buses", IN_2031, place=AT_901, memos=memos if is_first else memos[::-1])
    assert told.status is Answered.PROHIBITED
    assert [memo.id for memo in told.memos] == ["fictional-8", "fictional-7-2031"]
    assert sections(told) == ["1", "1"]


def test_a_superseded_order_never_answers_from_that_day_on(tmp_path):
    first = fictional(tmp_path)
    second = fictional(
        tmp_path,
        ('id = "fictional-7-2031"', 'id = "fictional-8"\nsupersedes = ["fictional-7-2031"]'),
        ("valid_from = 2031-01-02", "valid_from = 2031-01-20"),
        ("valid_to = 2031-01-31", "valid_to = 2031-01-25"),
        ("valid_from = 2031-01-10", "valid_from = 2031-01-20"),
    )
    memos = (first, second)

    def answering(at, **more):
        told = ask("buses", at, place=AT_901, memos=memos, **more)
        return [memo.id for memo in told.memos] if told.silence is None else told.silence

    assert answering("2031-01-19T12:00") == ["fictional-7-2031"]
    assert answering("2031-01-20T12:00") == ["fictional-8"]
    assert answering("2031-01-28T12:00") is Silence.ENDED, "what was replaced doesn't come back"
    named = answering("2031-01-20T12:00", order_id="fictional-7-2031")
    assert named is Silence.SUPERSEDED


def test_a_district_supersedes_its_states_order_in_the_district_alone(tmp_path):
    whole = fictional(
        tmp_path, ('id = "fictional-7-2031"', 'id = "fictional-8"'), ('districts = ["901"]', "")
    )
    part = fictional(
        tmp_path,
        ('id = "fictional-7-2031"', 'id = "fictional-7-2031"\nsupersedes = ["fictional-8"]'),
    )

    def answering(place):
        told = ask("buses", IN_2031, place=place, memos=(whole, part))
        return [memo.id for memo in told.memos]

    assert answering(AT_901) == ["fictional-7-2031"]
    assert answering(Place("99", "902")) == ["fictional-8"]
    with pytest.raises(InputError, match="--district"):
        answering(Place("99"))


def test_a_conflict_with_a_clause_that_has_ended_is_no_conflict():
    memo = SHIPPED[0]
    spas = replace(memo.clause("1.iii"), valid_to=date(2020, 5, 24))
    ended = replace(memo, clauses=tuple(spas if c.section == "1.iii" else c for c in memo.clauses))
    assert ask("salons_and_parlours", memos=(memo,)).conflicts
    assert ask("salons_and_parlours", memos=(ended,)).conflicts == ()


def test_orders_of_ones_own_folder_stand_beside_those_of_the_product(tmp_path):
    write_order(tmp_path)
    assert [memo.id for memo in known_memos(tmp_path)] == ["177-cs-2020", "fictional-7-2031"]
    assert find_memo(known_memos(tmp_path), "7/2031 (fictional)").title.startswith("Invented")


def test_a_folder_that_is_not_there_or_an_id_that_comes_twice_is_refused(tmp_path):
    with pytest.raises(RuleError, match="ZONING_MEMOS_DIR"):
        known_memos(tmp_path / "nowhere")
    (tmp_path / "copy.toml").write_bytes((MEMOS_DIR / "177-cs-2020.toml").read_bytes())
    with pytest.raises(RuleError, match="177-cs-2020"):
        known_memos(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('kind = "seats"', 'kind = "benches"', "benches"),
        ("percent = 25", "percent = 250", "out of range"),
        (SEATS, 'conditions = [{ kind = "persons", at_most = 3, of = "goats" }]', "goats"),
        (SEATS, "", "neither"),
        ('otherwise = "not_addressed"', 'otherwise = "perhaps"', "perhaps"),
        ('otherwise = "not_addressed"', 'as_in = "C"', "stood in for"),
        ('otherwise = "not_addressed"', 'by = ["9"]', "section 9"),
        ('category = "C"', 'category = "state"', "not state"),
        ("valid_from = 2031-01-10", "valid_from = 2031-02-10", "ends before"),
        ("valid_to = 2031-01-31", 'valid_to = "soon"', "valid_to"),
        ('districts = ["901"]', 'districts = "901"', "list of texts"),
        ('activity = "kite_flying"', 'activity = "Kite flying"', "small letters"),
        ('source = ["Invented for tests; no government issued it"]', "source = []", "source"),
        ('text = "Invented: no', 'interpretation = "x"\ntext = "Invented: no', "source"),
        ('[place]', '[place]\nplanet = "Mars"', "planet"),
    ],
)  # fmt: skip
def test_an_order_whose_parts_do_not_fit_is_refused_and_the_part_named(tmp_path, old, new, named):
    assert old in FICTIONAL
    path = write_order(tmp_path, FICTIONAL.replace(old, new, 1), "faulty.toml")
    with pytest.raises(RuleError, match=named) as refusal:
        read_memo(path)
    assert "faulty.toml" in str(refusal.value)
