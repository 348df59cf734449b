"""The message catalogues: in step with the sources, complete in English, usable."""

from __future__ import annotations

import gettext
import io
import string
import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.source_tree import ROOT
from tools import messages
from zoning.i18n.catalogue import DOMAIN, LOCALE_DIR, tr, tr_n

IN_SOURCES = {m.id for m in messages.collect_messages() if m.id}


def read_catalogue(path, language=None):
    return read_po(io.BytesIO(path.read_bytes()), locale=language, domain=DOMAIN)


def fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_the_template_holds_exactly_the_sentences_of_the_sources():
    written = {m.id for m in read_catalogue(messages.TEMPLATE) if m.id}
    assert written == IN_SOURCES, "run `make messages`"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_each_language_is_in_step_and_compiled(language):
    po = read_catalogue(messages.po_file(language), language)
    assert {m.id for m in po if m.id} == IN_SOURCES, "run `make messages`"
    with messages.po_file(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in po:
        if message.id and isinstance(message.id, str) and message.string:
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_keeps_the_fields_of_its_sentence(language):
    for message in read_catalogue(messages.po_file(language), language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, texts):
            assert fields(text) <= {name for key in ids for name in fields(key)}


def test_every_sentence_has_named_fields_only():
    for sentence in IN_SOURCES:
        for text in sentence if isinstance(sentence, tuple) else (sentence,):
            assert all(name.isidentifier() for name in fields(text)), text


def test_the_catalogues_lie_where_the_product_looks_for_them():
    assert messages.LOCALE_DIR == LOCALE_DIR
    assert messages.DOMAIN == DOMAIN


def test_english_translates_a_sentence_by_itself():
    assert tr("stale") == "stale"
    assert tr_n("{n} ward", "{n} wards", 1) == "1 ward"
    assert tr_n("{n} ward", "{n} wards", 3) == "3 wards"


def test_sentences_plurals_and_marked_ones_are_collected_and_format_strings_are_not(tmp_path):
    (tmp_path / "zoning").mkdir()
    (tmp_path / "zoning" / "page.py").write_text(
        "tr('One {n}', n=1)\ntr_n('{n} ward', '{n} wards', n)\n"
        "marked('red')\ntr(f'{x}')\nother('Not me')\n",
        encoding="utf-8",
    )
    found = [m.id for m in messages.collect_messages(tmp_path) if m.id]
    assert found == ["One {n}", ("{n} ward", "{n} wards"), "red"]


def test_what_a_translator_wrote_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE_DIR", tmp_path)
    path = messages.po_file("bn")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "red"\nmsgstr "লাল"\n\nmsgid "gone"\nmsgstr "x"\n', encoding="utf-8")
    template = messages.Catalog()
    template.add("red")
    template.add("green")
    updated = messages.update_language(template, "bn")
    assert updated["red"].string == "লাল"
    assert not updated["green"].string
    text = messages.as_po(updated).decode()
    assert "gone" not in text
    compiled = gettext.GNUTranslations(io.BytesIO(messages.as_mo(text.encode(), "bn")))
    assert compiled.gettext("red") == "লাল"


def test_the_check_names_a_catalogue_that_is_out_of_step(tmp_path):
    script = ROOT / "tools" / "messages.py"
    copied = tmp_path / "tools" / "messages.py"
    copied.parent.mkdir()
    copied.write_text(script.read_text(encoding="utf-8"), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(copied), "--check"], capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "seemana.pot is out of step: run `make messages`." in run.stderr
    assert not (tmp_path / "zoning").exists()


def test_compiling_gives_the_same_bytes_whenever_it_is_done():
    po = messages.po_file("en").read_bytes()
    first = messages.as_mo(po, "en")
    assert b"2000-01-01" in first
    assert messages.as_mo(po, "en") == first
