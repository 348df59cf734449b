"""A mapping written as a file is read back as the same mapping, whatever its texts are."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from zoning.readers.mapping import KINDS, SERIES, Mapping, read_mapping
from zoning.readers.mapping_text import mapping_toml

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
pairs = st.dictionaries(texts, texts, max_size=4)
formats = st.lists(
    st.sampled_from(["", "%d-%m-%Y", "%d/%m/%Y", "%m/%d/%Y", "%d %B %Y, %I%M%p"]),
    min_size=1,
    unique=True,
)


@st.composite
def mappings(draw):
    told = tuple(draw(formats))
    return Mapping(
        columns=draw(pairs),
        date_format=told[0] if len(told) == 1 else "",
        date_formats=told if len(told) > 1 else (),
        values=draw(st.dictionaries(texts, pairs, max_size=3)),
        constants=draw(pairs),
        names=draw(pairs),
        expected=draw(pairs),
        encoding=draw(st.sampled_from(["", "cp1252", "utf-16"])),
        layer=draw(texts),
        series=draw(st.sampled_from(["", *SERIES])),
    )


def read_back(text, kind):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "m.toml"
        path.write_bytes(text.encode())
        return read_mapping(path, kind)


@given(mappings(), st.sampled_from(KINDS))
def test_a_mapping_survives_its_file(mapping, kind):
    assert read_back(mapping_toml(mapping, kind), kind) == mapping


@given(mappings(), mappings())
def test_sections_of_several_kinds_stand_together(cases, units):
    text = mapping_toml(cases, "cases") + "\n" + mapping_toml(units, "units")
    assert read_back(text, "cases") == cases
    assert read_back(text, "units") == units
