"""A source on a server of this machine, fetched without ever waiting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fetch.server import Server, serving
from zoning.fetch.catalogue import BoundarySource
from zoning.fetch.download import Download, download
from zoning.fetch.manners import manners

AT = datetime(2026, 5, 18, 5, 10, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 5, 10, tzinfo=UTC)
LIMITS = replace(manners(), largest_bytes=2_000_000, timeout_s=20)


def source_at(address: str, sha256: str = "") -> BoundarySource:
    return BoundarySource(
        name="nadipur-wards",
        title="Nadipur, wards",
        repository="https://example.org/nadipur",
        address=address,
        licence="CC0-1.0",
        credit="Nadipur",
        level="ward",
        columns={"unit_id": "NO"},
        sha256=sha256,
    )


@dataclass
class Fetching:
    """A source, its server and its folder."""

    server: Server
    folder: Path
    slept: list[float] = field(default_factory=list)
    told: list[tuple[int, int | None]] = field(default_factory=list)

    def __call__(self, *answers, at=AT, sha256="", limits=LIMITS, path="", **options) -> Download:
        if answers:
            self.server.answers = list(answers)
        return download(
            source_at(f"{self.server.address}{path or '/data/Wards.GeoJSON'}", sha256),
            self.folder,
            at,
            sleep=self.slept.append,
            told=lambda *told: self.told.append(told),
            limits=limits,
            **options,
        )

    @property
    def asked(self):
        return self.server.asked

    @property
    def file(self) -> Path:
        return self.folder / "nadipur-wards.geojson"

    def names(self) -> set[str]:
        """The files of the folder, which isn't there if nothing was ever written."""
        return {path.name for path in self.folder.glob("*")} if self.folder.exists() else set()


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def fetch(tmp_path):
    with serving() as server:
        yield Fetching(server, tmp_path / "boundaries")
