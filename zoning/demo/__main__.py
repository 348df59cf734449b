"""Write the demonstration district's files anew: `python -m zoning.demo [FOLDER]`."""

from __future__ import annotations

import sys
from pathlib import Path

from zoning.demo.files import FOLDER, write_district

if __name__ == "__main__":
    write_district(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
