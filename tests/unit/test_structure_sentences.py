"""No sentence outside the catalogue: whatever a person reads passes through `tr`."""

from __future__ import annotations

import ast
import re

import pytest

from tests.source_tree import ROOT, Source, called_name, product_sources, receiver_name

TEXT_CALLS = {
    "area_chart", "badge", "button", "caption", "checkbox", "date_input", "download_button",
    "error", "expander", "file_uploader", "form_submit_button", "header", "info", "link_button",
    "markdown", "metric", "multiselect", "number_input", "page_link", "pills", "popover", "radio",
    "segmented_control", "select_slider", "selectbox", "slider", "spinner", "status", "subheader",
    "success", "text", "text_area", "text_input", "time_input", "title", "toast", "toggle",
    "warning", "write",
}  # fmt: skip
TEXT_KEYWORDS = {"label", "help", "placeholder", "caption", "body", "page_title"}
SAYING_CALLS = {"echo", "secho"}
LOGGERS = {"log", "logger", "logging", "_log", "_logger"}

in_screens = [
    s for s in product_sources() if s.module.split(".")[0] in ("screens", "layers", "app")
]
at_the_edge = [s for s in product_sources() if s.where.startswith("zoning/")]


def refusal_names() -> set[str]:
    errors = ast.parse((ROOT / "zoning" / "errors.py").read_text(encoding="utf-8"))
    return {node.name for node in errors.body if isinstance(node, ast.ClassDef)}


def plain_words(node: ast.expr | None) -> str:
    """Return the words of a literal that a person would read, or nothing.

    Markup, style sheets, icon names and format fields aren't words.
    """
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = " ".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
    elif isinstance(node, ast.BinOp):
        return plain_words(node.left) + plain_words(node.right)
    else:
        return ""
    text = re.sub(r"<style.*?</style>", "", text, flags=re.S)
    text = re.sub(r"<[^>]*>?|:material/\w+:|:\w+:|&\w+;|\{\w*\}", "", text)
    return text if re.search(r"[^\W\d_]{2,}", text) else ""


def spoken_literals(source: Source):
    for call in source.calls():
        if called_name(call) not in TEXT_CALLS or receiver_name(call) in LOGGERS:
            continue
        if not isinstance(call.func, ast.Attribute):
            continue
        spoken = [*call.args[:1], *(k.value for k in call.keywords if k.arg in TEXT_KEYWORDS)]
        yield from (f"line {call.lineno}: {w}" for node in spoken if (w := plain_words(node)))


def untranslated_refusals(source: Source, names: set[str]):
    for call in source.calls():
        if called_name(call) in names and call.args and plain_words(call.args[0]):
            yield f"line {call.lineno}: {plain_words(call.args[0])}"


def uncollected_sentences(source: Source):
    """Yield `tr` calls whose sentence no extraction can see.

    A sentence kept in a table is wrapped in `marked` where it stands, so the
    module that translates it later has used or imported `marked`.
    """
    if "marked(" in source.text:
        return
    for call in source.calls():
        if called_name(call) in ("tr", "tr_n") and not (
            call.args and isinstance(call.args[0], ast.Constant)
        ):
            yield f"line {call.lineno}: {ast.unparse(call)}"


@pytest.mark.parametrize("source", in_screens, ids=lambda s: s.where)
def test_no_screen_or_layer_speaks_past_the_catalogue(source: Source):
    assert list(spoken_literals(source)) == []


@pytest.mark.parametrize("source", at_the_edge, ids=lambda s: s.where)
def test_no_command_speaks_past_the_catalogue(source: Source):
    literals = [
        f"line {call.lineno}: {words}"
        for call in source.calls()
        if called_name(call) in SAYING_CALLS and call.args and (words := plain_words(call.args[0]))
    ]
    assert literals == []


@pytest.mark.parametrize("source", product_sources(), ids=lambda s: s.where)
def test_every_refusal_is_a_sentence_of_the_catalogue(source: Source):
    assert list(untranslated_refusals(source, refusal_names())) == []


@pytest.mark.parametrize("source", product_sources(), ids=lambda s: s.where)
def test_every_sentence_can_be_collected(source: Source):
    if source.module == "zoning.i18n.catalogue":
        return
    assert list(uncollected_sentences(source)) == []


@pytest.mark.parametrize(
    ("code", "is_offence"),
    [
        ("st.title('Hello there')", True),
        ("st.button(f'Load {n} rows')", True),
        ("col.selectbox(tr('Ward'), x, help='Choose')", True),
        ("st.title(tr('Hello there'))", False),
        ("st.markdown('<style>p {color: red}</style>')", False),
        ("st.markdown('<div class=\"card\">')", False),
        ("st.metric('', 3)", False),
        ("log.info('started')", False),
    ],
)
def test_the_search_for_loose_sentences_finds_what_it_should(tmp_path, code, is_offence):
    path = tmp_path / "page.py"
    path.write_text(code, encoding="utf-8")
    assert bool(list(spoken_literals(Source(path)))) == is_offence


@pytest.mark.parametrize(
    ("code", "is_offence"),
    [
        ("raise InputError('No such file')", True),
        ("raise InputError(f'No file {name}')", True),
        ("raise InputError(tr('No such file'))", False),
        ("raise ValueError('a fault of ours')", False),
    ],
)
def test_the_search_for_loose_refusals_finds_what_it_should(tmp_path, code, is_offence):
    path = tmp_path / "reader.py"
    path.write_text(code, encoding="utf-8")
    assert bool(list(untranslated_refusals(Source(path), {"InputError"}))) == is_offence
