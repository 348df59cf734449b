"""Orders on what is allowed where, as data: one memo a file in `memos/`.

A clause keeps the memo's words. What we read into them stands apart in
`interpretation` and is shown as ours.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr

MEMOS_DIR = Path(__file__).parent / "memos"


class Where(StrEnum):
    """Where a clause applies: the whole state, or one containment category."""

    STATE = "state"
    AFFECTED = "A"
    BUFFER = "B"
    CLEAN = "C"


class Status(StrEnum):
    """What a clause says of its activity."""

    ALLOWED = "allowed"
    PROHIBITED = "prohibited"
    CONDITIONAL = "conditional"


@dataclass(frozen=True)
class Clause:
    """One numbered item of a memo.

    Attributes
    ----------
    section : str
        Number as printed, such as `5.xiv`.
    activity : str
        Key of the activity, unique within the memo.
    where : Where
        Where the clause applies.
    status : Status
        What it says.
    text : str
        Verbatim, without its number.
    valid_to : date
        Last day on which it applies; may be later than the memo's own.
    interpretation : str
        What we read into an unclear text, or empty.
    """

    section: str
    activity: str
    where: Where
    status: Status
    text: str
    valid_to: date
    interpretation: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the clause in the form of the command-line contract."""
        return {
            "section": self.section,
            "text": self.text,
            "activity": self.activity,
            "where": self.where.value,
            "status": self.status.value,
            "valid_to": self.valid_to.isoformat(),
            "interpretation": self.interpretation,
        }


@dataclass(frozen=True)
class Provision:
    """A paragraph that orders no activity: who does what, and what follows."""

    section: str
    subject: str
    text: str


@dataclass(frozen=True)
class Memo:
    """One order of a government, clause by clause."""

    id: str
    number: str
    title: str
    authority: str
    issued_on: date
    valid_from: date
    valid_to: date
    valid_to_reason: str
    source: tuple[str, ...]
    headings: dict[str, str]
    clauses: tuple[Clause, ...]
    provisions: tuple[Provision, ...]

    def clause(self, section: str) -> Clause:
        """Return one clause by its number.

        Raises
        ------
        RuleError
            If the memo has no such section.
        """
        for clause in self.clauses:
            if clause.section == section:
                return clause
        raise RuleError(
            tr(
                "Memo {number} has no section {section}; its sections run from {first} to {last}.",
                number=self.number,
                section=section,
                first=self.clauses[0].section,
                last=self.clauses[-1].section,
            )
        )


@cache
def memo_ids() -> tuple[str, ...]:
    """Return the ids of all memos, sorted."""
    return tuple(sorted(path.stem for path in MEMOS_DIR.glob("*.toml")))


@cache
def load_memo(memo_id: str) -> Memo:
    """Return one memo.

    Parameters
    ----------
    memo_id : str
        Its id, such as `177-cs-2020`, or its number as printed, `177-CS/2020`.

    Raises
    ------
    RuleError
        If there is no such memo, or its file is faulty.
    """
    key = memo_id.lower().replace("/", "-")
    if key not in memo_ids():
        raise RuleError(
            tr(
                "There is no memo {memo}; the memos are {known}.",
                memo=memo_id,
                known=", ".join(memo_ids()),
            )
        )
    return read_memo(MEMOS_DIR / f"{key}.toml")


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
    except (KeyError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} isn't a usable memo: {fault}.", file=path.name, fault=fault)
        ) from fault
    for what in ("section", "activity"):
        keys = [getattr(clause, what) for clause in memo.clauses]
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
    return memo


def _memo(data: dict[str, Any]) -> Memo:
    header = {key: value for key, value in data.items() if key not in ("clause", "provision")}
    clauses = tuple(_clause(entry, data["valid_to"]) for entry in data["clause"])
    provisions = tuple(Provision(**entry) for entry in data.get("provision", ()))
    header["source"] = tuple(header["source"])
    return Memo(**header, clauses=clauses, provisions=provisions)


def _clause(entry: dict[str, Any], memo_valid_to: date) -> Clause:
    return Clause(
        **{
            "valid_to": memo_valid_to,
            **entry,
            "where": Where(entry["where"]),
            "status": Status(entry["status"]),
        }
    )
