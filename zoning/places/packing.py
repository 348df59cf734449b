"""Arrays as bytes, to be kept under the hash of what they were made from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from zoning.errors import StoreError
from zoning.i18n.catalogue import tr


def pack_arrays(arrays: Mapping[str, npt.NDArray[np.generic]]) -> bytes:
    """Return named arrays of numbers as one numpy archive, without any Python object in it."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpack_arrays(packed: bytes, names: tuple[str, ...]) -> dict[str, npt.NDArray[np.generic]]:
    """Return the arrays of an archive.

    Parameters
    ----------
    packed : bytes
        From `pack_arrays`.
    names : tuple of str
        Arrays that must be there.

    Raises
    ------
    StoreError
        If the bytes are no such archive, as of a file cut off by a full disk.
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as archive:
            return {name: archive[name] for name in names}
    except (ValueError, KeyError, EOFError, OSError, zipfile.BadZipFile) as fault:
        raise StoreError(
            tr(
                "A file of prepared geometry is damaged ({reason}): delete the folder cache in "
                "ZONING_VAR_DIR, it is made again.",
                reason=fault,
            )
        ) from fault
