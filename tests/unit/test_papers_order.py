"""The order as PDF, HTML and JSON: complete, the same each time, and without the evidence."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tests.papers import (
    NUMBER,
    SALT,
    SENTINELS,
    ZONE,
    annex,
    layers,
    pages,
    paper,
    pdf_text,
    read_all,
    sealed,
)
from tests.source_tree import ROOT
from zoning.errors import OrderError, OutputError
from zoning.i18n.catalogue import language
from zoning.orders.annex import annex_bytes, annex_hash, verify_annex
from zoning.orders.paper import UnitChange
from zoning.writers.papers import booth_list
from zoning.writers.papers.sheet import grouped
from zoning.writers.papers.written import write_order

GOLDEN = ROOT / "tests" / "unit" / "papers_order_en.txt"
HOSTILE = (
    '#import "x.typ": *',
    "*bold* _it_ `raw` $x$",
    "\\u{41} \\ #let",
    "<b>&amp;</b>",
    "]#(1)",
)
LONG = "Lane" * 75


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return write_order(sealed(), annex(), layers(), tmp_path_factory.mktemp("order") / "papers")


def public(written):
    return read_all(written.public)


def written_with(tmp_path, languages=("en",), **changes):
    order = sealed(**changes)
    return write_order(order, annex(order.number), None, tmp_path / "papers", languages)


def test_the_words_of_the_english_order_are_those_agreed_on(written):
    assert public(written)["order.en.pdf"] == " ".join(GOLDEN.read_text("utf-8").split())


def test_public_and_sealed_papers_lie_apart(written):
    names = [path.relative_to(written.folder).as_posix() for path in written.public]
    assert names == [
        "public/map.bn.svg", "public/map.en.svg", "public/order.bn.html", "public/order.bn.pdf",
        "public/order.en.html", "public/order.en.pdf", "public/order.json",
        "public/press-note.bn.pdf", "public/press-note.en.pdf", "public/press-note.json",
    ]  # fmt: skip
    assert [path.name for path in written.sealed] == [
        "annex.bn.pdf",
        "annex.en.pdf",
        "annex.json",
    ]
    assert written.sealed[-1].stat().st_mode & 0o077 == 0
    assert written.sealed[-1].parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("secret", [*SENTINELS, SALT])
def test_no_figure_of_the_annex_is_in_any_public_paper(written, secret):
    told = public(written)
    assert len(told) == 10
    assert [name for name, text in told.items() if secret in text] == []


def test_the_sealed_papers_hold_the_evidence(written):
    sealed_texts = read_all(written.sealed)
    assert "76,54,321" in sealed_texts["annex.en.pdf"]
    assert "7654321" in sealed_texts["annex.json"]


def test_every_public_paper_of_the_order_prints_the_hash_that_verifies_the_annex(written):
    printed, told = grouped(annex_hash(annex())), public(written)
    assert verify_annex(written.sealed[-1].read_bytes(), printed)
    for name in ("order.en.pdf", "order.bn.pdf", "order.en.html", "order.bn.html"):
        assert printed in told[name]
    assert json.loads(told["order.json"])["annex_sha256"] == printed.replace(" ", "")


def test_the_same_order_gives_the_same_bytes(written, tmp_path):
    again = write_order(sealed(), annex(), layers(), tmp_path / "papers")
    assert again.sha256 == written.sha256


def test_writing_the_same_again_in_the_same_place_changes_nothing(tmp_path):
    first = written_with(tmp_path)
    assert written_with(tmp_path).sha256 == first.sha256


def test_papers_of_another_order_are_never_overwritten(tmp_path):
    first = written_with(tmp_path)
    before = {path: path.read_bytes() for path in first.public + first.sealed}
    with pytest.raises(OutputError, match="holds other papers already"):
        written_with(tmp_path, title="Another order")
    assert {path: path.read_bytes() for path in before} == before
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(OutputError, match="There is no folder"):
        write_order(sealed(), annex(), None, tmp_path / "none" / "papers", ("en",))


@pytest.mark.parametrize("number", [NUMBER, "9/2020"])
def test_an_annex_whose_hash_is_not_printed_is_refused(tmp_path, number):
    with pytest.raises(OrderError, match="isn't the one whose hash"):
        write_order(paper(annex_sha256="0" * 64), annex(number), None, tmp_path / "papers")
    assert list(tmp_path.iterdir()) == []


def test_only_a_draft_goes_without_an_annex_and_says_so_on_every_page(tmp_path):
    with pytest.raises(OrderError, match="only a draft"):
        write_order(paper(), None, None, tmp_path / "papers", ("en",))
    draft = write_order(paper(is_draft=True), None, None, tmp_path / "papers", ("en",))
    text = pdf_text((draft.folder / "public/order.en.pdf").read_bytes())
    n = pages((draft.folder / "public/order.en.pdf").read_bytes())
    assert text.count("DRAFT: NOT IN FORCE") >= n
    assert "Sd/-" not in text
    assert draft.sealed == ()


@pytest.mark.parametrize("name", [*HOSTILE, LONG])
def test_markup_in_a_name_is_printed_as_it_is(tmp_path, name):
    made = written_with(tmp_path, units=(UnitChange("W12", name, "", "red"),), title=name)
    told = read_all(made.public)
    flat = told["order.en.pdf"].replace(" ", "")
    assert name.replace(" ", "") in flat
    # In the table a long name runs over several lines, with other cells beside the first.
    assert flat.count(name.replace(" ", "")[:12]) >= 2
    assert json.loads(told["order.json"])["title"] == name


class Reader(HTMLParser):
    """Collects the words and tags of a page."""

    def __init__(self):
        super().__init__()
        self.words, self.tags = [], []

    def handle_data(self, data):
        self.words.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def read_html(path):
    reader = Reader()
    reader.feed(path.read_text("utf-8"))
    return reader


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", '"><img src=x onerror=y>', "a&b<c"])
def test_markup_in_a_name_is_no_markup_of_the_page(tmp_path, name):
    made = written_with(tmp_path, units=(UnitChange("W12", name, "", "red"),), authority=name)
    reader = read_html(made.folder / "public/order.en.html")
    assert reader.words.count(name) == 2
    assert {tag for tag, _ in reader.tags} & {"script", "img"} == set()


def test_the_page_needs_nothing_from_outside_and_tells_its_language(written):
    for code in ("en", "bn"):
        reader = read_html(written.folder / f"public/order.{code}.html")
        tags = dict(reader.tags)
        assert tags["html"]["lang"] == code
        attributes = [value for _, attrs in reader.tags for value in attrs.values() if value]
        assert [v for v in attributes if v.startswith(("http", "//")) and "w3.org" not in v] == []
        assert {tag for tag, _ in reader.tags} & {"link", "script", "img", "iframe"} == set()
        assert any(tag == "h1" for tag, _ in reader.tags)
        assert [a for tag, a in reader.tags if tag == "th" and "scope" not in a] == []


def test_a_text_without_translation_is_told_and_marked_in_its_own_language(written):
    assert "Ward 13" in written.untranslated["bn"]
    assert "Ward 12" not in written.untranslated["bn"]
    assert written.untranslated["en"] == ()
    page = (written.folder / "public/order.bn.html").read_text("utf-8")
    assert '<span lang="en">Cordon the zone.</span>' in page


def test_the_bengali_order_says_bengali_words_names_dates_and_digits(written):
    told = public(written)["order.bn.html"]
    for words in ("আদেশ", "ওয়ার্ড ১২, সালকিয়া", "৫ আগস্ট ২০২০, ০৬:০০", "লাল", "জেলাশাসক"):
        assert words in told
    assert "033-0000 0101" in told
    assert language() == "en"


def test_every_page_is_numbered(written):
    data = (written.folder / "public/order.en.pdf").read_bytes()
    text, n = pdf_text(data), pages(data)
    assert [f"Page {i} of {n}" in text for i in range(1, n + 1)] == [True] * n


def test_letters_without_a_font_are_refused_and_never_printed_as_boxes(tmp_path):
    with pytest.raises(OutputError, match="can't be printed"):
        written_with(tmp_path, title="ଓଡ଼ିଆ")
    assert list(tmp_path.iterdir()) == []


def test_a_language_that_is_not_spoken_is_refused(tmp_path):
    with pytest.raises(OutputError, match="choose one of en, bn"):
        written_with(tmp_path, ("fr",))


def test_too_many_booths_go_into_a_file_whose_hash_the_order_prints(tmp_path, monkeypatch):
    monkeypatch.setattr(booth_list, "layout", lambda _: {"booth_rows_in_print": 2})
    made = written_with(tmp_path)
    rows = (made.folder / "public/booths.csv").read_text("utf-8-sig").splitlines()
    assert rows[1] == f"{ZONE},A,W12,Ward 12,170/85,2020-09-01"
    assert len(rows) == 1 + 7
    text = pdf_text((made.folder / "public/order.en.pdf").read_bytes())
    assert grouped(made.sha256["public/booths.csv"]) in text
    assert "170/85-87" not in text


def test_a_long_table_becomes_a_schedule_that_repeats_its_head(tmp_path):
    units = tuple(UnitChange(f"W{i}", f"Ward {i}", "", "green") for i in range(200))
    made = written_with(tmp_path, units=units)
    data = (made.folder / "public/order.en.pdf").read_bytes()
    text = pdf_text(data)
    assert "As listed in “Schedule 1: Zones”" in text
    assert text.count("Zone from now on") == pages(data) - 2
    assert all(f"W{i}" in text for i in range(200))


def test_the_annex_on_disk_is_what_was_hashed(written):
    assert written.sealed[-1].read_bytes() == annex_bytes(annex())
