"""Every command that reads a file, on one file after another, in a process that may break."""

from __future__ import annotations

import faulthandler
import json
import multiprocessing
import os
import re
import resource
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from tests.running import Outcome, zoning
from tests.soak.commands import Place
from tests.soak.inputs import booth_file, case_file, ward_file

MOST_MEMORY_BYTES = 2 << 30
MOST_CPU_S = 30
HANG_S = 120
ON = "2020-05-18"

_context = multiprocessing.get_context("forkserver")


@dataclass(frozen=True)
class Finding:
    """A file that the product didn't survive as it should."""

    path: Path
    what: str


def read_all(
    files: Iterable[tuple[str, Path]], place: Place, ends: Counter[str]
) -> Iterator[list[Finding]]:
    """Let a worker read each file; yield its findings, none if all went as it should.

    A worker that crashes or hangs is a finding, and another one goes on. How the commands
    ended is counted in `ends`.
    """
    worker = None
    for kind, path in files:
        worker = worker or _Worker(place)
        answer = worker.read(kind, path)
        if answer is None:
            yield [Finding(path, worker.end())]
            worker = None
        else:
            ends.update(answer[1])
            yield [Finding(path, what) for what in answer[0]]
    if worker is not None:
        worker.stop()


class _Worker:
    def __init__(self, place: Place) -> None:
        self._near, far = _context.Pipe()
        self._stack = place.folder / f"stack-{time.monotonic_ns()}"
        arguments = (far, place, self._stack)
        self._process = _context.Process(target=_work, args=arguments, daemon=True)
        self._process.start()
        far.close()

    def read(self, kind: str, path: Path) -> tuple[list[str], list[str]] | None:
        try:
            self._near.send((kind, path))
            if not self._near.poll(HANG_S):
                return None
            answer: tuple[list[str], list[str]] = self._near.recv()
        except (EOFError, ConnectionError):
            return None
        return answer

    def end(self) -> str:
        """Stop a worker that doesn't answer, and tell what it was at."""
        what = "hangs" if self._process.is_alive() else f"crashed ({self._process.exitcode})"
        self.stop()
        return f"{what}: {self._stack.read_text()[-2_000:]}"

    def stop(self) -> None:
        self._near.close()
        self._process.kill()
        self._process.join()


def _work(wire: Connection, place: Place, stack: Path) -> None:
    told = stack.open("w")
    faulthandler.enable(told)
    os.environ.update(place.environment)
    folder = place.folder / f"work-{os.getpid()}"
    folder.mkdir()
    inputs = Inputs(folder)
    _bound_memory()
    while True:
        try:
            kind, path = wire.recv()
        except EOFError:
            return
        _forget_peak()
        faulthandler.dump_traceback_later(HANG_S * 0.8, file=told)
        began = time.process_time()
        findings, ends = [], []
        for command in commands(kind, path, inputs):
            fault, end = judge(command)
            ends.append(end)
            if fault:
                findings.append(f"{' '.join(map(str, command[:2]))}: {fault}")
        if time.process_time() - began > MOST_CPU_S:
            findings.append(f"took {time.process_time() - began:.0f} s of the processor")
        if _peak_bytes() > MOST_MEMORY_BYTES:
            findings.append(f"took {_peak_bytes() >> 20} MiB of memory")
        faulthandler.cancel_dump_traceback_later()
        wire.send((findings, ends))


class Inputs:
    """Sound files that the commands need beside the odd one, and where they write."""

    def __init__(self, folder: Path) -> None:
        self.units = ward_file(folder / "units.geojson", 1)
        self.cases = case_file(folder / "cases.csv", 1, 50)
        self.booths = booth_file(folder / "booths.csv")
        self.zones = folder / "zones.geojson"
        self.out = ("--out", folder / "out.csv", "--rejects", folder / "rejects.csv", "--json")
        self.areas = ("--areas", folder / "areas.geojson")
        given = ("--units", self.units, "--cases", self.cases, "--on", ON)
        assert zoning("classify", *given, "--out", self.zones).status == 0


def commands(kind: str, path: Path, inputs: Inputs) -> Iterator[tuple[object, ...]]:
    """Yield the commands that read a file of a kind."""
    judged = ("classify", "--on", ON, *inputs.out)
    drawn = ("delineate", "--on", ON, *inputs.out, *inputs.areas)
    units, cases = ("--units", inputs.units), ("--cases", inputs.cases)
    zones, booths = ("--zones", inputs.zones), ("--booths", inputs.booths)
    taking: tuple[object, ...] = ("import", kind, path, "--json")
    match kind:
        case "units":
            taking = ("import", "boundaries", path, "--level", "ward", "--json")
            yield (*judged, "--units", path, *cases)
            yield (*taking, "--crs", "EPSG:32645", "--dry-run")
            taking = (*taking, "--hold")
        case "mapping":
            yield (*judged, *units, *cases, "--mapping", path)
            yield (*drawn, *zones, *booths, *cases, "--mapping", path)
            taking = ("import", "cases", inputs.cases, "--mapping", path, "--json", "--dry-run")
        case "indicators":
            yield (*judged, *units, "--indicators", path)
            return
        case "zones":
            yield (*drawn, "--zones", path, *booths, *cases)
            return
        case "cases":
            yield (*judged, *units, "--cases", path)
            yield (*drawn, *zones, *booths, "--cases", path)
        case "booths":
            yield (*drawn, *zones, "--booths", path, *cases)
        case "tests":
            yield (*judged, *units, *cases, "--tests", path)
    yield (*taking, "--dry-run")
    yield taking


def judge(command: tuple[object, ...]) -> tuple[str, str]:
    """Run a command; return what is wrong with how it ended, if anything, and how it did."""
    from zoning import faults

    traces: list[str] = []
    told = faults.record_fault

    def keep(fault: BaseException) -> str:
        traces.append("".join(traceback.format_exception(fault)[-4:]))
        return "a fault of ours"

    faults.record_fault = keep
    try:
        outcome = zoning(*command)
    except BaseException as fault:  # noqa: BLE001 - what not even the edge caught
        return f"the edge let through: {fault!r}", "fault"
    finally:
        faults.record_fault = told
    if traces:
        return traces[0], "fault"
    return _fault_of(outcome), {0: "taken", 2: "refused"}.get(outcome.status, "fault")


def _fault_of(outcome: Outcome) -> str:
    lines = [line for line in outcome.err.splitlines() if line.strip()]
    if outcome.status == 2:
        if outcome.out or len(lines) != 1:
            return f"refused in {len(lines)} lines: {outcome.err[:300]!r} {outcome.out[:100]!r}"
        if re.search(r"Traceback|<class|object at 0x|\bNone\b", outcome.err):
            return f"a sentence for nobody: {outcome.err[:300]!r}"
        return ""
    if outcome.status != 0:
        return f"status {outcome.status}: {outcome.err[:300]!r}"
    rows = json.loads(outcome.out)["rows"]
    if rows["read"] != rows["taken"] + rows["rejected"]:
        return f"rows that add up to nothing: {rows}"
    return ""


def _bound_memory() -> None:
    """Let no file take the machine down: beyond this, memory is refused."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + 2 * MOST_MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _forget_peak() -> None:
    # https://www.kernel.org/doc/html/latest/filesystems/proc.html: 5 resets the peak.
    Path("/proc/self/clear_refs").write_text("5")


def _peak_bytes() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


def remove(path: Path) -> None:
    """Delete a file, or what lies beside it under its name."""
    for beside in path.parent.glob(f"{path.stem}*"):
        if beside.is_dir():
            shutil.rmtree(beside)
        else:
            beside.unlink()
