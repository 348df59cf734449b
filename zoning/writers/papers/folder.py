"""A folder of documents appears complete or not at all, and never changes afterwards."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr

SEALED = "sealed"

# Readable by their owner only: in a zone of one house a count is a person.
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files into a folder that isn't there yet.

    The same files written again leave it as it is, so that a step that was interrupted may be
    taken again.

    Parameters
    ----------
    folder : Path
        Where it appears; what lies above exists.
    contents : Mapping of str to bytes
        By path within it; what lies under `sealed/` is readable by its owner only.

    Raises
    ------
    OutputError
        If the folder holds anything else already, or can't be written; nothing is left then.
    """
    if not folder.parent.is_dir():
        raise OutputError(tr("There is no folder {folder}; make it first.", folder=folder.parent))
    try:
        if folder.exists():
            _refuse_other(folder, contents)
            return
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".seemana-") as place:
            draft = Path(place) / folder.name
            draft.mkdir()
            for name, content in contents.items():
                _write(draft, name, content)
            draft.rename(folder)
    except OSError as fault:
        raise OutputError(_not_written(folder, fault)) from fault


def refuse_taken(file: Path) -> None:
    """Refuse a file that is there already, or whose folder isn't, before anything is opened.

    Raises
    ------
    OutputError
        Saying which.
    """
    if not file.parent.is_dir():
        raise OutputError(tr("There is no folder {folder}; make it first.", folder=file.parent))
    if file.exists():
        raise OutputError(tr("{file} is there already; name another file.", file=file))


def write_sealed(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, complete or not at all.

    Raises
    ------
    OutputError
        If it is there already, or can't be written.
    """
    refuse_taken(file)
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".seemana-") as place:
            draft = Path(place) / file.name
            draft.touch(mode=_FILE_MODE)
            draft.write_bytes(content)
            draft.rename(file)
    except OSError as fault:
        raise OutputError(_not_written(file, fault)) from fault


def _not_written(place: Path, fault: OSError) -> str:
    return tr(
        "{folder} can't be written: {fault}. Choose another place or free some space.",
        folder=place,
        fault=fault.strerror or fault,
    )


def _write(draft: Path, name: str, content: bytes) -> None:
    path = draft / name
    is_sealed = Path(name).parts[0] == SEALED
    path.parent.mkdir(exist_ok=True, mode=_FOLDER_MODE if is_sealed else 0o777)
    path.touch(mode=_FILE_MODE if is_sealed else 0o666)
    path.write_bytes(content)


def _refuse_other(folder: Path, contents: Mapping[str, bytes]) -> None:
    there = {
        path.relative_to(folder).as_posix(): path
        for path in (folder.rglob("*") if folder.is_dir() else [folder])
        if path.is_file()
    }
    is_same = there.keys() == contents.keys() and all(
        path.read_bytes() == contents[name] for name, path in there.items()
    )
    if not is_same:
        raise OutputError(
            tr(
                "{folder} holds other papers already; a signed order never changes. "
                "Name another folder.",
                folder=folder,
            )
        )
