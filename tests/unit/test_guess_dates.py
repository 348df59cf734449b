"""Forms of days are proposed only where the texts decide them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.readers.dates import readings
from zoning.readers.guess_dates import date_forms, guess_date_formats

DAYS = [date(2020, 5, 1) + timedelta(days=7 * i) for i in range(9)]


@pytest.mark.parametrize("form", [form.format for form in date_forms() if form.format])
def test_every_form_is_proposed_for_days_written_in_it(form):
    texts = [day.strftime(form) for day in [*DAYS, date(2020, 12, 25)]]
    guess = guess_date_formats(texts)
    assert guess.share_read == 1
    assert guess.unread == ()
    for text, day in zip(texts, [*DAYS, date(2020, 12, 25)], strict=True):
        assert readings(text, guess.formats) == {day}


def test_iso_days_with_and_without_a_time_are_one_form():
    guess = guess_date_formats(["2020-05-18", "2020-05-18T20:08:00+05:30", "2020-05-18 08:30:00"])
    assert guess.formats == ("",)


def test_where_every_text_reads_both_ways_none_is_proposed():
    guess = guess_date_formats(["01/02/2020", "03/04/2020", "05/05/2020"])
    assert guess.is_ambiguous
    assert guess.formats == ()
    assert {"%d/%m/%Y", "%m/%d/%Y"} <= guess.reads.keys()
    assert guess.examples["%d/%m/%Y"] == ("01/02/2020", date(2020, 2, 1))
    assert guess.share_read == 1


def test_one_text_that_reads_one_way_only_decides():
    guess = guess_date_formats(["01/02/2020", "13/02/2020"])
    assert (guess.formats, guess.is_ambiguous) == (("%d/%m/%Y",), False)
    assert guess.examples["%d/%m/%Y"][0] == "13/02/2020"
    assert guess_date_formats(["1/2/2020", "2/13/2020"]).formats == ("%m/%d/%Y",)


def test_a_file_that_mixes_both_orders_is_told_to_mix_them():
    guess = guess_date_formats(["13/05/2020", "5/14/2020", "01/02/2020"])
    assert guess.is_mixed
    assert set(guess.formats) == {"%d/%m/%Y", "%m/%d/%Y"}
    assert len(readings("01/02/2020", guess.formats)) == 2


def test_a_slip_of_the_pen_makes_no_second_order():
    guess = guess_date_formats([f"{d}/05/2020" for d in range(1, 32)] * 2 + ["05/32/2020"])
    assert guess.formats == ("%d/%m/%Y",)
    assert guess.unread == ("05/32/2020",)
    many = [f"{d}/{m:02}/2020" for m in (5, 7) for d in range(1, 32)] + ["05/14/2020"]
    guess = guess_date_formats(many)
    assert (guess.formats, guess.is_mixed, guess.unread) == (("%d/%m/%Y",), False, ("05/14/2020",))


def test_several_forms_in_one_column_are_proposed_together():
    guess = guess_date_formats(["13-05-2020", "14/05/2020", "15 May 2020"])
    assert len(guess.formats) == 3
    assert guess.unread == ()


def test_texts_without_a_year_are_told_apart():
    guess = guess_date_formats(["5/25/2021 18:06:06", "29/4 20.23", "29/4 2023", "soon"])
    assert guess.formats == ("%m/%d/%Y %H:%M:%S",)
    assert guess.without_year == ("29/4 20.23", "29/4 2023")
    assert guess.unread == ("29/4 20.23", "29/4 2023", "soon")


def test_no_text_is_no_day():
    assert guess_date_formats(["", " "]).share_read == 0
    assert guess_date_formats(["Garia", "12"]).formats == ()


@given(
    st.lists(st.dates(date(2019, 1, 1), date(2022, 12, 31)), min_size=1),
    st.sampled_from([form.format for form in date_forms() if form.format]),
)
def test_a_proposal_never_reads_a_day_as_another(days, form):
    texts = [day.strftime(form) for day in days]
    guess = guess_date_formats(texts)
    assert guess.is_ambiguous or guess.formats
    for day, text in zip(days, texts, strict=True):
        if guess.formats:
            assert day in readings(text, guess.formats)
