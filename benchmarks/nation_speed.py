"""The nation by districts: whole districts handed to Dask's workers, with a halo of booths.

    python benchmarks/nation_speed.py [--parts N] [--workers N] [--sample N]

730 districts of 480 units, 1,370 booths and 62,000 cases each, made first where they aren't
there (10 minutes, 3 GB in var/bench). Prints time and the peak memory of each worker. A sample of
districts is drawn again together with all of its surroundings at once; exit status 1 if one
booth differs, or if a worker needs 1 GB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from dask.distributed import Client, Future, LocalCluster
from nation_day import District, count_district, draw_district, ground_of
from nation_plan import adjoining, differences, own, unpartitioned

from zoning.judgement.delineate import Delineation
from zoning.judgement.policy import DEFAULT, load_policy
from zoning.places.neighbours import Neighbours

HERE = Path(__file__).parent
FOLDER = Path("var") / "bench"
ON = "2020-08-31"
MOST_MIB = 1024


def districts(size: str, parts: int, folder: Path) -> list[District]:
    """Return the files, made in a process of its own where they aren't there."""
    arguments = ["--size", size, "--booths", "--parts", str(parts), "--folder", str(folder)]
    found = [
        District(
            *(folder / f"{size}-{part:03d}-{what}.parquet" for what in ("units", "booths", "cases"))
        )
        for part in range(parts)
    ]
    if not all(path.exists() for d in found for path in (d.units, d.booths, d.cases)):
        command = [sys.executable, str(HERE / "generate.py"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return found


def draw_all(
    client: Client, files: list[District], reach_m: float
) -> tuple[list[tuple[Delineation, int]], list[Future], Neighbours]:
    """Return what is drawn of each district, what was counted, and who adjoins whom."""
    boxes = np.array(client.gather(client.map(ground_of, files)))
    beside = adjoining(boxes, reach_m)
    counted = [
        client.submit(count_district, file, ON, {n: boxes[n] for n in own(beside, number)}, reach_m)
        for number, file in enumerate(files)
    ]
    drawn = [
        client.submit(
            draw_district,
            file,
            number,
            counted[number],
            [counted[n] for n in own(beside, number)],
            reach_m,
        )
        for number, file in enumerate(files)
    ]
    return client.gather(drawn), counted, beside


def usage() -> tuple[float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime


def run(files: list[District], workers: int, sample: int, widest: int = 2) -> bool:
    """Print the row; return whether all answers are those of the whole, and memory is kept."""
    policy = load_policy(DEFAULT)
    reach_m = policy.reach(policy.default_m)
    cluster = LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    )
    with cluster, Client(cluster) as client:
        began = time.monotonic()
        drawn, futures, beside = draw_all(client, files, reach_m)
        wall_s = time.monotonic() - began
        used = list(client.run(usage).values())
        chosen = np.random.default_rng(177).permutation(len(files))[:sample]
        unlike = alone = 0
        for number in map(int, chosen):
            around = {number}
            for _ in range(widest):
                around |= {n for member in around for n in own(beside, member)}
            around.discard(number)
            members = sorted({number, *around})
            counted = dict(zip(members, client.gather([futures[n] for n in members]), strict=True))
            whole = unpartitioned(files, counted, number, sorted(around), reach_m)
            lonely = unpartitioned(files, counted, number, [], reach_m)
            unlike += differences(drawn[number][0], whole)
            alone += differences(lonely, whole)
        n_cases = sum(client.gather(client.map(lambda c: c.n_cases, futures)))
    booths = sum(len(d.category) for d, _ in drawn)
    halo = sum(n for _, n in drawn)
    peaks = ", ".join(f"{peak:.0f}" for peak, _ in used)
    print(f"{len(files)} districts, {booths:,} booths, {n_cases:,} cases; halo {halo:,} booths")
    print(f"CPU {sum(cpu for _, cpu in used):.0f} s, {wall_s:.0f} s on {workers} workers")
    print(f"peak MiB a worker: {peaks}")
    print(f"{len(chosen)} districts drawn with all around them: {unlike} booths differ")
    print(f"(without the halo {alone} would)")
    return unlike == 0 and max(peak for peak, _ in used) < MOST_MIB


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parts", type=int, default=730)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sample", type=int, default=12)
    arguments = parser.parse_args()
    files = districts("nation", arguments.parts, FOLDER)
    sys.exit(0 if run(files, arguments.workers, arguments.sample) else 1)


if __name__ == "__main__":
    main()
