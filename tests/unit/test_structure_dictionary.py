"""The data dictionary names every column and code that leaves or enters the product."""

from __future__ import annotations

import ast
import re

import pytest

from tests.source_tree import ROOT, called_name, product_sources
from zoning.facilities.freshness import Freshness
from zoning.measures.memo import load_memo
from zoning.model import ContactStatus, DoublingState, FacilityKind, Level, ParameterClass, Zone
from zoning.orders.state import OrderState

DICTIONARY = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", DICTIONARY))

readers = [s for s in product_sources() if s.module.startswith("zoning.readers.")]


def column_tables():
    """Yield the columns a reader knows, from its own table."""
    for source in readers:
        for node in source.tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(target, ast.Name) and target.id == "COLUMNS":
                yield source.where, ast.literal_eval(node.value)


def finding_codes():
    """Yield every literal code of a finding, with the place where it is made."""
    for source in product_sources():
        for call in source.calls():
            named = {k.arg: k.value for k in call.keywords}
            if called_name(call) == "Finding":
                code = named.get("code") or (call.args[1] if len(call.args) > 1 else None)
            elif called_name(call) == "note" and len(call.args) > 1:
                code = call.args[1]
            else:
                continue
            if isinstance(code, ast.Constant):
                yield source.where, code.value


@pytest.mark.parametrize(("where", "columns"), list(column_tables()))
def test_every_column_of_a_reader_is_described(where, columns):
    assert set(columns) - NAMED == set(), where


def test_every_code_of_a_finding_is_described():
    missing = {(where, code) for where, code in finding_codes() if code not in NAMED}
    assert missing == set(), "describe the code in docs/data-dictionary.md"


@pytest.mark.parametrize(
    "words",
    [
        Zone,
        Level,
        ParameterClass,
        DoublingState,
        FacilityKind,
        OrderState,
        Freshness,
        ContactStatus,
    ],
)
def test_every_class_state_and_kind_is_described(words):
    assert {word.value for word in words} - NAMED == set()


def test_every_field_of_a_listed_clause_is_described():
    clause = load_memo("177-cs-2020").clauses[0]
    assert set(clause.as_json()) - NAMED == set()
