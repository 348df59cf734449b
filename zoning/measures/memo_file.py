"""Reads an order from its TOML file and checks that its parts fit together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr
from zoning.measures.clauses import (
    Activity,
    Clause,
    Conflict,
    Provision,
    Reading,
    Regime,
    Status,
    Where,
)
from zoning.measures.conditions import COUNTED, KINDS, Condition, Hours
from zoning.measures.order import Memo, Territory, Undivided

MEMOS_DIR = Path(__file__).parent / "memos"
NO_CATEGORY = "none"
ANSWERS = ("", "allowed", "prohibited", "not_addressed")
_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def read_memo(path: Path) -> Memo:
    """Return the memo of one file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing, wrong or double.
    """
    try:
        with path.open("rb") as file:
            memo = _memo(tomllib.load(file))
    except OSError as fault:
        raise RuleError(
            tr("{file} can't be read: {fault}.", file=path.name, fault=fault.strerror)
        ) from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise RuleError(
            tr("{file} isn't a usable memo: {fault}.", file=path.name, fault=fault)
        ) from fault
    for what, keys in (
        ("section", [*(c.section for c in memo.clauses), *(p.section for p in memo.provisions)]),
        ("activity", [activity.key for activity in memo.activities]),
    ):
        double = sorted({key for key in keys if keys.count(key) > 1})
        if double:
            raise RuleError(
                tr(
                    "{file} isn't a usable memo: {what} {key} is there twice.",
                    file=path.name,
                    what=what,
                    key=double[0],
                )
            )
    misfit = next(_faults(memo), None)
    if misfit is not None:
        raise RuleError(tr("{file} isn't a usable memo: {fault}.", file=path.name, fault=misfit))
    return memo


def _faults(memo: Memo) -> Iterator[str]:
    """Yield what doesn't fit together: unknown sections and keys, readings without a source."""
    sections = {c.section for c in memo.clauses} | {p.section for p in memo.provisions}
    keys = {activity.key for activity in memo.activities}
    named = [
        *((a.key, s) for a in memo.activities for s in (*a.sections, *(a.beside or ()))),
        *(("regime", s) for r in memo.regimes for s in r.by),
        *(("reading", s) for r in memo.readings for s in (*r.lifts, *r.by)),
        *(("conflict", s) for c in memo.conflicts for s in c.sections),
    ]
    for whose, section in named:
        if section not in sections:
            yield f"{whose} names section {section}, which isn't there"
    for reading in memo.readings:
        for key in reading.activities:
            if key not in keys:
                yield f"a reading names activity {key}, which isn't there"
        if (reading.status is None) == (not reading.lifts):
            yield f"a reading either answers or lifts: {reading.text!r}"
        if (reading.status is None) != (reading.category is None):
            yield f"a reading answers in a category: {reading.text!r}"
    for key in sorted(keys):
        if not _KEY.fullmatch(key):
            yield f"activity {key!r} isn't written in small letters and underscores"
    for clause in memo.clauses:
        if clause.interpretation and not clause.interpretation_source:
            yield f"the interpretation of {clause.section} has no source"
        if clause.status is Status.CONDITIONAL and not (clause.conditions or clause.hours):
            yield f"{clause.section} is conditional and has neither conditions nor hours"
        if clause.valid_from > clause.valid_to:
            yield f"{clause.section} ends before it begins"
    as_in = {(r.category, r.as_in) for r in memo.regimes if r.as_in is not None}
    if any(target in {source for source, _ in as_in} for _, target in as_in):
        yield "a category that stands in another's place can't be stood in for itself"
    if memo.valid_from > memo.valid_to:
        yield "it ends before it begins"
    if memo.id in memo.supersedes:
        yield "it supersedes itself"


def _memo(data: dict[str, Any]) -> Memo:
    tables = ("clause", "provision", "activity", "regime", "reading", "conflict")
    header = {key: value for key, value in data.items() if key not in tables}
    clauses = tuple(_clause(entry, header) for entry in data["clause"])
    place, undivided = header.pop("place"), header.pop("undivided", None)
    header["source"] = _texts(header["source"])
    header["supersedes"] = _texts(header.get("supersedes", ()))
    for name in ("issued_on", "valid_from", "valid_to"):
        _day(header[name], name)
    if not header["source"]:
        raise ValueError("source is empty")
    return Memo(
        **header,
        territory=Territory(**{**place, "districts": _texts(place.get("districts", ()))}),
        clauses=clauses,
        provisions=tuple(Provision(**entry) for entry in data.get("provision", ())),
        activities=(
            *(Activity(c.activity, c.label, (c.section,), c.words) for c in clauses),
            *(_activity(entry) for entry in data.get("activity", ())),
        ),
        regimes=tuple(_regime(entry) for entry in data.get("regime", ())),
        readings=tuple(_reading(entry) for entry in data.get("reading", ())),
        conflicts=tuple(_conflict(entry) for entry in data.get("conflict", ())),
        undivided=(
            None
            if undivided is None
            else Undivided(**{**undivided, "zones": _texts(undivided["zones"])})
        ),
    )


def _texts(entry: object) -> tuple[str, ...]:
    if not isinstance(entry, list | tuple) or not all(isinstance(text, str) for text in entry):
        raise ValueError(f"{entry!r} isn't a list of texts")
    return tuple(entry)


def _day(entry: object, name: str) -> date:
    if type(entry) is not date:
        raise ValueError(f"{name} = {entry!r} isn't a day")
    return entry


def _clause(entry: dict[str, Any], header: dict[str, Any]) -> Clause:
    rest = dict(entry)
    hours = rest.pop("hours", None)
    return Clause(
        **{
            "valid_from": header["valid_from"],
            "valid_to": header["valid_to"],
            **rest,
            "where": Where(rest["where"]),
            "status": Status(rest["status"]),
            "words": _texts(rest.get("words", ())),
            "conditions": _conditions(rest.get("conditions", ())),
            "hours": None if hours is None else Hours(hours["from"], hours["to"]),
        }
    )


def _conditions(entries: list[dict[str, Any]]) -> tuple[Condition, ...]:
    return tuple(_condition(dict(entry)) for entry in entries)


def _condition(entry: dict[str, Any]) -> Condition:
    kind = entry.pop("kind")
    if kind not in KINDS:
        raise ValueError(f"condition kind {kind!r} isn't one of {', '.join(KINDS)}")
    if kind == "persons" and entry.get("of") not in COUNTED:
        raise ValueError(f"of = {entry.get('of')!r} isn't one of {', '.join(COUNTED)}")
    numbers = [value for value in entry.values() if isinstance(value, int | float)]
    if min(numbers, default=0) < 0 or not 0 <= entry.get("percent", 0) <= 100:
        raise ValueError(f"a number of the condition {entry} is out of range")
    return KINDS[kind](**entry)


def _activity(entry: dict[str, Any]) -> Activity:
    lists = {name: _texts(entry.get(name, ())) for name in ("sections", "words", "parts")}
    beside = _texts(entry["beside"]) if "beside" in entry else None
    return Activity(**{**entry, **lists, "beside": beside})


def _category(entry: str) -> Where | None:
    if entry == NO_CATEGORY:
        return None
    category = Where(entry)
    if category is Where.STATE:
        raise ValueError("a category is A, B, C or none, not state")
    return category


def _regime(entry: dict[str, Any]) -> Regime:
    if entry.get("otherwise", "") not in ANSWERS:
        raise ValueError(f"otherwise = {entry['otherwise']!r}")
    return Regime(
        **{
            **entry,
            "category": _category(entry["category"]),
            "zones": _texts(entry.get("zones", ())),
            "as_in": _category(entry["as_in"]) if "as_in" in entry else None,
            "by": _texts(entry.get("by", ())),
        }
    )


def _reading(entry: dict[str, Any]) -> Reading:
    lists = {name: _texts(entry.get(name, ())) for name in ("activities", "lifts", "by")}
    return Reading(
        **{
            **entry,
            **lists,
            "category": Where(entry["category"]) if "category" in entry else None,
            "status": Status(entry["status"]) if "status" in entry else None,
            "conditions": _conditions(entry.get("conditions", ())),
        }
    )


def _conflict(entry: dict[str, Any]) -> Conflict:
    category = Where(entry["category"]) if "category" in entry else None
    return Conflict(**{**entry, "sections": _texts(entry["sections"]), "category": category})
