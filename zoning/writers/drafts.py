"""A file appears complete or not at all: it is written beside its place and moved there."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr


@contextmanager
def drafted(path: Path, write: Callable[[Path], None]) -> Iterator[None]:
    """Write a file beside its place; move it there when the block ends without a fault.

    Two files that belong together are both drafted before either appears.

    Parameters
    ----------
    path : Path
        Where the file appears.
    write : callable
        Writes it at the path given.

    Raises
    ------
    OutputError
        If it can't be written; nothing is left of it then.
    """
    if path.is_dir():
        raise OutputError(tr("{file} is a folder; name a file.", file=path))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".seemana-") as folder:
            draft = Path(folder) / path.name
            write(draft)
            yield
            draft.replace(path)
    except OSError as fault:
        raise OutputError(
            tr(
                "{file} can't be written: {fault}. Choose another place or free some space.",
                file=path,
                fault=fault.strerror or fault,
            )
        ) from fault
