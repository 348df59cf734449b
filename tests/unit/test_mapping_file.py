"""Mapping files: what they may say, and what is refused."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.running import write
from tests.source_tree import ROOT
from zoning.errors import InputError
from zoning.readers.mapping import KINDS, Mapping, read_mapping
from zoning.readers.mapping_text import mapping_toml


def mapping(tmp_path, text):
    return read_mapping(write(tmp_path / "m.toml", text), "cases")


def test_several_formats_may_be_told_iso_by_its_word(tmp_path):
    told = mapping(tmp_path, '[cases.dates]\nformats = ["iso", "%d/%m/%Y"]\n')
    assert told.formats == ("", "%d/%m/%Y")
    assert told.date_format == ""


def test_one_format_in_a_list_is_one_format(tmp_path):
    told = mapping(tmp_path, '[cases.dates]\nformats = ["%d/%m/%Y"]\n')
    assert told == Mapping(date_format="%d/%m/%Y")


@pytest.mark.parametrize(
    "dates",
    [
        'format = "%d-%m"',
        'formats = ["%d-%m-%Y", "%d-%m"]',
        "formats = []",
        'formats = "%d-%m-%Y"',
        'format = "%d-%m-%Y"\nformats = ["%d/%m/%Y"]',
        "format = 3\nformats = 4",
    ],
)
def test_formats_that_give_no_whole_day_are_refused(tmp_path, dates):
    with pytest.raises(InputError, match=r"m\.toml"):
        mapping(tmp_path, f"[cases.dates]\n{dates}\n")


def test_an_empty_mapping_is_an_empty_text():
    assert mapping_toml(Mapping(), "cases") == ""


def test_a_mapping_reads_as_a_person_would_write_it():
    told = Mapping(
        columns={"unit_id": "Ward Number"},
        date_formats=("", "%d/%m/%Y"),
        values={"outcome": {"Deceased": "died"}},
        encoding="cp1252",
        series="daily",
    )
    assert mapping_toml(told, "cases") == (
        '[cases.columns]\nunit_id = "Ward Number"\n\n'
        '[cases.dates]\nformats = ["iso", "%d/%m/%Y"]\n\n'
        '[cases.values.outcome]\nDeceased = "died"\n\n'
        '[cases.file]\nencoding = "cp1252"\n\n'
        '[cases.series]\nkind = "daily"\n'
    )


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs" / "examples").glob("*.toml")), ids=lambda p: p.name
)
def test_every_example_is_a_mapping_file(path):
    kinds = [kind for kind in KINDS if read_mapping(path, kind) != Mapping()]
    assert kinds
    for kind in kinds:
        assert tomllib.loads(mapping_toml(read_mapping(path, kind), kind))


def test_every_mapping_in_the_handbook_is_one(tmp_path):
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", text, re.S)
    assert len(blocks) == 2
    for block in blocks:
        assert mapping(tmp_path, block) != Mapping()
