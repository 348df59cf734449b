"""Every answer of memo 177-CS/2020 against a table that was read line by line against the memo.

After a change that is wanted: `python -m tests.measuring` writes it anew; read what changes.
"""

import csv
import io
from collections import Counter

from tests.measuring import PLACES, TABLE, table

WRITTEN = TABLE.read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(WRITTEN)))
by_place = {place: {r["activity"]: r for r in ROWS if r["place"] == place} for place in PLACES}


def test_every_answer_is_the_one_that_was_read_against_the_memo():
    assert table().splitlines() == WRITTEN.splitlines()


def test_the_table_holds_44_clauses_in_five_places():
    assert Counter(row["place"] for row in ROWS) == dict.fromkeys(PLACES, 44)


def test_before_the_21st_of_may_nothing_is_addressed_and_in_june_only_the_schools():
    assert {row["before"] for row in ROWS} == {"not_addressed"}
    assert {row["activity"] for row in ROWS if row["in_june"] != "not_addressed"} == {
        "educational_institutions"
    }


def test_while_the_memo_is_in_force_it_leaves_no_clause_without_an_answer():
    told = {row[column] for row in ROWS for column in ("by_day", "at_night")}
    assert told == {"allowed", "conditional", "prohibited"}


def test_what_is_prohibited_throughout_the_state_is_so_in_every_place():
    banned = [r for r in ROWS if r["section"].startswith("1.") or r["section"] in ("2.v", "2.vii")]
    assert len(banned) == 6 * len(PLACES)
    assert {(r["by_day"], r["at_night"]) for r in banned} == {("prohibited", "prohibited")}


def test_in_the_buffer_every_relaxation_but_health_names_25_percent():
    for activity, row in by_place["B"].items():
        if row["section"].startswith("5."):
            assert ("25 %" in row["conditions_by_day"]) == (activity != "health_services")
            assert ("4.i" in row["decided_by"]) == (activity != "health_services")


def test_a_limit_in_persons_is_the_same_in_b_as_in_c():
    for activity, row in by_place["C"].items():
        if not row["section"].startswith("5."):
            continue
        kept = [c for c in row["conditions_by_day"].split("; ") if "normal strength" not in c]
        assert all(c in by_place["B"][activity]["conditions_by_day"] for c in kept)


def test_a_red_zone_without_a_category_is_read_as_a():
    for activity, row in by_place["red"].items():
        told = [row[c] for c in ("by_day", "at_night", "conditions_by_day", "conflicts")]
        in_a = by_place["A"][activity]
        assert told == [in_a[c] for c in ("by_day", "at_night", "conditions_by_day", "conflicts")]


def test_what_passes_the_cordon_is_never_barely_prohibited():
    passing = {a for a, row in by_place["A"].items() if row["by_day"] != "prohibited"}
    assert passing >= {
        "health_services",
        "home_delivery_of_essentials",
        "sanitisation_by_local_bodies",
        "fever_mapping_and_testing",
        "front_line_work",
    }
    opened = {a for a in passing if by_place["A"][a]["section"].startswith("5.")}
    assert opened == {
        "health_services",
        "e_commerce_and_couriers",
        "movement_of_goods",
        "cargo_trucks",
    }


def test_at_night_only_what_is_essential_or_a_duty_stays_without_the_restriction():
    unrestricted = {a for a, row in by_place["C"].items() if row["at_night"] == "allowed"}
    assert unrestricted == {
        "agriculture",
        "health_services",
        "home_delivery_of_essentials",
        "sanitisation_by_local_bodies",
        "fever_mapping_and_testing",
        "front_line_work",
        "wearing_of_masks",
        "social_distancing",
        "cleaning_of_public_places",
        "thermal_scanning_and_hand_wash",
    }
