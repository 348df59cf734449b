"""The command line run in this process, and small files for it: two wards side by side.

12 |---|---|
   | 1 | 2 |     ward 2 begins on the meridian where ward 1 ends
11 |---|---|
   77  78  79
"""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zoning.__main__ import app, run

ON = "2020-05-18"
UNITS_CSV = "unit_id,name,population\n1,One,20000\n2,Two,10000\n"
CASES_CSV = "confirmed_on,unit_id\n" + "2020-05-17,1\n" * 4 + "2020-05-18,1\n"


@dataclass(frozen=True)
class Outcome:
    """What a command left behind: its status and what it said."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


def zoning(*arguments: object) -> Outcome:
    """Run `zoning` in this process, as the console script would."""
    out, err = io.StringIO(), io.StringIO()
    texts = [str(argument) for argument in arguments]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = run(lambda: app(args=texts, standalone_mode=False))
    return Outcome(status, out.getvalue(), err.getvalue())


def classify(units: Path, cases: Path | None, out: Path, *more: object, on: str = ON) -> Outcome:
    """Run `zoning classify --json`."""
    given: Sequence[object] = () if cases is None else ("--cases", cases)
    return zoning("classify", "--units", units, *given, "--on", on, "--out", out, "--json", *more)


def assert_refused(outcome: Outcome, *words: str) -> None:
    """Assert status 2, nothing on stdout and one line of sense on stderr."""
    assert outcome.status == 2, outcome
    assert outcome.out == ""
    assert len(outcome.err.strip().splitlines()) == 1, outcome.err
    assert "Traceback" not in outcome.err
    for word in words:
        assert word in outcome.err, outcome.err


def wards(crs: str = "", **properties: Sequence[object]) -> dict[str, Any]:
    """Return the two wards as GeoJSON; `properties` replace or add columns."""
    columns: dict[str, Sequence[object]] = {
        "unit_id": ["1", "2"],
        "name": ["One", "Two"],
        "population": [20000, 10000],
        **properties,
    }
    features = []
    for index, west in enumerate((77, 78)):
        ring = [[west, 11], [west + 1, 11], [west + 1, 12], [west, 12], [west, 11]]
        features.append(
            {
                "type": "Feature",
                "properties": {name: values[index] for name, values in columns.items()},
                "geometry": {"type": "Polygon", "coordinates": [ring]},
            }
        )
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        collection["crs"] = {"type": "name", "properties": {"name": crs}}
    return collection


def write(path: Path, content: str | bytes | dict[str, Any]) -> Path:
    """Write a small file and return its path."""
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
