"""Orders on what is allowed where, as data: one memo a file, in `memos/` or a folder of one's own.

A clause keeps the memo's words. What we read into them stands apart in
`interpretation` and is shown as ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr
from zoning.measures.memo_file import MEMOS_DIR, read_memo
from zoning.measures.order import Memo

__all__ = ["DEFAULT", "MEMOS_DIR", "find_memo", "known_memos", "load_memo", "memo_ids", "read_memo"]

DEFAULT = "177-cs-2020"


@cache
def memo_ids() -> tuple[str, ...]:
    """Return the ids of the memos that come with the product, sorted."""
    return tuple(sorted(path.stem for path in MEMOS_DIR.glob("*.toml")))


@cache
def load_memo(memo_id: str) -> Memo:
    """Return one memo that comes with the product.

    Parameters
    ----------
    memo_id : str
        Its id, such as `177-cs-2020`, or its number as printed, `177-CS/2020`.

    Raises
    ------
    RuleError
        If there is no such memo, or its file is faulty.
    """
    return find_memo(known_memos(None), memo_id)


def known_memos(folder: Path | None) -> tuple[Memo, ...]:
    """Return the memos that come with the product, then those of a folder of one's own.

    Parameters
    ----------
    folder : Path or None
        Holds one TOML file a memo; None for no more than the product's.

    Raises
    ------
    RuleError
        If the folder isn't there, a file is faulty, or an id comes twice.
    """
    shipped = _shipped()
    if folder is None:
        return shipped
    if not folder.is_dir():
        raise RuleError(
            tr("The folder of memos {folder} isn't there; correct ZONING_MEMOS_DIR.", folder=folder)
        )
    own = tuple(read_memo(path) for path in sorted(folder.glob("*.toml")))
    ids = [memo.id for memo in (*shipped, *own)]
    double = sorted({memo_id for memo_id in ids if ids.count(memo_id) > 1})
    if double:
        raise RuleError(
            tr(
                "{folder} holds a memo {memo}, and there is another of that id; give it its own.",
                folder=folder,
                memo=double[0],
            )
        )
    return (*shipped, *own)


@cache
def _shipped() -> tuple[Memo, ...]:
    return tuple(read_memo(MEMOS_DIR / f"{memo_id}.toml") for memo_id in memo_ids())


def find_memo(memos: tuple[Memo, ...], named: str) -> Memo:
    """Return a memo by its id or its number as printed.

    Raises
    ------
    RuleError
        If none of them is called so.
    """
    key = named.strip().lower()
    for memo in memos:
        if key in (memo.id.lower(), memo.number.lower()) or key.replace("/", "-") == memo.id:
            return memo
    raise RuleError(
        tr(
            "There is no memo {memo}; the memos are {known}.",
            memo=named,
            known=", ".join(memo.id for memo in memos),
        )
    )
