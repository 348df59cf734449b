"""Copies the pinned browser libraries and their licences out of `node_modules`.

Run by `make assets` after `npm ci`, when `package.json` changes. The copies are
kept in the repository, so that users need no Node.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE / "vendor"

# File in node_modules -> name under vendor/.
COPIES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/dist/images/layers.png": "leaflet/images/layers.png",
    "leaflet/dist/images/layers-2x.png": "leaflet/images/layers-2x.png",
    "leaflet/LICENSE": "leaflet/LICENSE",
}


def collect(node_modules: Path) -> int:
    """Copy every file of `COPIES`; return how many there are.

    Raises
    ------
    FileNotFoundError
        If `npm ci` has not been run.
    """
    for source, name in COPIES.items():
        target = VENDOR / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(node_modules / source, target)
    script = VENDOR / "leaflet/leaflet.js"
    # The source map isn't shipped, and a browser's tools would ask for it.
    kept = [
        line
        for line in script.read_text("utf-8").splitlines()
        if not line.startswith("//# sourceMappingURL")
    ]
    script.write_text("\n".join(kept) + "\n", "utf-8")
    return len(COPIES)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parents[1] / "node_modules"
    sys.stdout.write(f"{collect(folder)} files -> {VENDOR}\n")
