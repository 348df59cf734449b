"""Whatever a file holds, it is taken, refused in one sentence, or rejected row by row."""

from __future__ import annotations

import shutil
from collections import Counter

from tests.soak.fuzzing import read_all, remove
from tests.soak.mutations import mutated_files
from tests.soak.states import assert_sound, opened, state

KEPT = 40


def test_no_file_breaks_a_command(ground, campaign, tmp_path):
    place = ground.fresh()
    kept = tmp_path / "kept"
    found: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    n = campaign.size(30, 2000)
    files = mutated_files(campaign.seed, n, tmp_path / "files")
    for number, findings in enumerate(read_all(watched(files, found), place, ends), 1):
        for finding in findings:
            found["findings"] += 1
            if found["findings"] <= KEPT:
                kept.mkdir(exist_ok=True)
                if finding.path.exists():
                    shutil.copy(finding.path, kept)
                campaign.report(f"{finding.path.name}: {finding.what}")
        if number % 200 == 0:
            with opened(place.address) as store:
                assert_sound(store)
            state(place.address)
    campaign.report(f"{n} files: {dict(found)}; commands: {dict(ends)}")
    assert not found["findings"], f"see {kept}"


def watched(files, found):
    for kind, path in files:
        found[kind] += 1
        yield kind, path
        remove(path)
