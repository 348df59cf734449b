"""Finding booths by code and name among tens of thousands."""

from __future__ import annotations

import unicodedata
from weakref import WeakKeyDictionary

import numpy as np

from layers.booth_view import BoothView
from zoning.model import Ints

_folded: WeakKeyDictionary[BoothView, tuple[list[str], list[str]]] = WeakKeyDictionary()


def folded(text: str) -> str:
    """Return a text for comparing: without case, one form a letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def find_booths(view: BoothView, text: str) -> Ints:
    """Return the rows of booths that a text names, the closest first.

    Parameters
    ----------
    view : BoothView
        Where they are looked up.
    text : str
        Part of a code or of a name; an empty one names none.

    Returns
    -------
    Ints
        Those with this very code, then codes and then names that begin with it, then those
        that hold it anywhere; each group in the order of the view.
    """
    wanted = folded(text)
    if not wanted:
        return np.empty(0, dtype=np.int64)
    texts = _folded.get(view)
    if texts is None:
        texts = _folded[view] = (
            [folded(str(code)) for code in view.booth_id],
            [folded(str(name)) for name in view.name],
        )
    ranks = np.array(
        [_rank(wanted, code, name) for code, name in zip(*texts, strict=True)], dtype=np.int64
    )
    order = np.argsort(ranks, kind="stable")
    found: Ints = order[: int((ranks < _NOWHERE).sum())]
    return found


_NOWHERE = 4


def _rank(wanted: str, code: str, name: str) -> int:
    if code == wanted:
        return 0
    if code.startswith(wanted):
        return 1
    if name.startswith(wanted):
        return 2
    return 3 if wanted in code or wanted in name else _NOWHERE
