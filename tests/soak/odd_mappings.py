"""Mapping files that nobody expects."""

from __future__ import annotations

import random
from pathlib import Path

LINES = (
    "[cases.columns]",
    'confirmed_on = "confirmed_on"',
    'unit_id = "UNIT_ID"',
    'unit_id = "gone"',
    "unit_id = 7",
    'unit_id = ["a", "b"]',
    '"" = ""',
    "[cases.dates]",
    'format = "%Y-%m-%d"',
    'format = "%"',
    'format = "%Q %s %%"',
    'format = "%d-%m"',
    'formats = ["%d-%m-%Y", "iso"]',
    "formats = []",
    "formats = [1, {}]",
    "[cases.values.outcome]",
    'Deceased = "died"',
    'Deceased = "gone fishing"',
    "[cases.values]",
    "outcome = 7",
    "[cases.constants]",
    'outcome = "died"',
    'confirmed_on = "2020-05-01"',
    "count = -1",
    "count = 2020-05-01",
    "[cases.file]",
    'encoding = "cp1252"',
    'encoding = "klingon"',
    'encoding = "base64"',
    'layer = "gone"',
    "[cases.series]",
    'kind = "daily"',
    'kind = "cumulative"',
    "kind = []",
    "[units.names]",
    'bn = "NAME_BN"',
    'bn = ""',
    "[units.expected]",
    'unit_id = "1 - 144"',
    'unit_id = "1 - 999999999999"',
    'unit_id = "9 - 1"',
    "[units.columns]",
    "[cases]",
    "[[cases.columns]]",
    "[something.else]",
    "cases = 1",
    "x = 1e999",
    "x = nan",
    'x = "\\u0000"',
    "a.b.c.d = 1",
    "= 7",
    '"""',
)


def write_mapping(dice: random.Random, _kind: str, stem: Path) -> Path:
    lines = [dice.choice(LINES) for _ in range(dice.choice([1, 2, 4, 9]))]
    if dice.random() < 0.4:
        lines = [*LINES[:2], *lines]
    path = stem.with_suffix(".toml")
    path.write_text("\n".join(lines), encoding=dice.choice(["utf-8"] * 5 + ["utf-16", "utf-8-sig"]))
    return path
