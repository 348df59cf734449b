"""Whom a direction of an order names: which role in which kind of area, by the words it uses."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OFFICES = Path(__file__).with_suffix(".toml")
_NO_LETTER = re.compile(r"[^\w\u0980-\u09ff]+")


@dataclass(frozen=True)
class _Office:
    role: str
    words: tuple[str, ...]
    levels: tuple[str, ...] = ()


@cache
def _offices() -> tuple[_Office, ...]:
    told = tomllib.loads(OFFICES.read_text(encoding="utf-8"))["office"]
    return tuple(
        _Office(one["role"], tuple(one["words"]), tuple(one.get("levels", ()))) for one in told
    )


@cache
def _everyone() -> tuple[str, ...]:
    return tuple(tomllib.loads(OFFICES.read_text(encoding="utf-8"))["everyone"])


def names_role(action_by: str, role: str, level: str = "") -> bool:
    """Return whether a direction is for a role.

    Parameters
    ----------
    action_by : str
        Who has to act, as the order prints it.
    role : str
        Value of a `Role`.
    level : str
        Kind of unit that the area is; empty where it isn't known, and any fits.
    """
    said = _plain(action_by)
    words = [*_everyone()]
    for office in _offices():
        fits = not level or not office.levels or level in office.levels
        if office.role == role and fits:
            words += office.words
    return any(f" {_plain(word).strip()} " in said for word in words)


def _plain(text: str) -> str:
    """Return a text as words between single spaces, without points, and in the singular."""
    folded = unicodedata.normalize("NFC", text).casefold().replace(".", "")
    words = (word.removesuffix("s") for word in _NO_LETTER.split(folded) if word)
    return f" {' '.join(words)} "
