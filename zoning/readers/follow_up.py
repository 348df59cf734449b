"""What the three files of the register of follow-up have in common: areas, figures, no persons."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from zoning.i18n.catalogue import tr
from zoning.model import Ints, Texts
from zoning.readers import columns
from zoning.readers.fields import Part, form_of, need, resolve
from zoning.readers.mapping import Mapping
from zoning.readers.personal import ignored_columns
from zoning.readers.tables import column_names, read_whole


def open_register(
    path: Path, known: tuple[str, ...], needed: tuple[str, ...], mapping: Mapping, kind: str
) -> Part:
    """Return the rows of a file of the register, without any column that tells who somebody is.

    Parameters
    ----------
    path : Path
        CSV, XLSX or Parquet.
    known, needed : tuple of str
        Our columns, and those without which nothing can be read.
    mapping : Mapping
        Names and forms where they aren't ours.
    kind : str
        Section of a mapping file that speaks of such files.

    Raises
    ------
    InputError
        If the file can't be read, or lacks a column, or a personal one is to be read.
    """
    form = form_of(mapping, known)
    names = column_names(path, form)
    found = resolve(path, names, known, mapping)
    ignored = ignored_columns(names, found, path)
    need(path, names, {**found, **mapping.constants}, *needed, kind=kind)
    part = Part(read_whole(path, sorted(set(found.values())), form), found, mapping)
    part.findings.extend(ignored)
    return part


def needed_areas(part: Part) -> Texts:
    """Return the area of each row, and reject rows without one and rows that are sums."""
    part.reject_sums("area_id")
    coded = part.coded("area_id")
    assert coded is not None
    part.note(
        coded.codes < 0,
        "area_missing",
        lambda _: tr("area_id is empty; name the booth or the containment zone"),
    )
    return columns.spread(coded)


def needed_counts(part: Part, name: str, least: int = 0) -> Ints:
    """Return the whole numbers of a column, and reject the rows that hold none.

    Parameters
    ----------
    part : Part
        Rows; the column is there.
    name : str
        Our name of it.
    least : int
        Smallest number that can be meant.
    """
    column = part.column(name)
    assert column is not None
    raw, unreadable = columns.counts(column)
    numbers, wrong = columns.whole(raw, missing=least, least=least)
    part.note(
        unreadable | wrong | np.isnan(raw),
        f"{name}_invalid",
        lambda i: tr(
            "{column} is {value}; it must be a whole number, {least} or more",
            column=name,
            value=part.cell(name, i) or tr("empty"),
            least=least,
        ),
    )
    return numbers


def reject_more(part: Part, some: Ints, of: Ints, code: str, names: tuple[str, str]) -> None:
    """Reject rows in which a part is more than what it is a part of.

    Parameters
    ----------
    part : Part
        Rows, n of them.
    some, of : Ints
        The part and the whole, shape (n,).
    code : str
        Key of the finding.
    names : tuple of str
        Our names of both columns.
    """
    part.note(
        (some > of) & ~part.rejected,
        code,
        lambda i: tr(
            "{some} is {n}, more than {of}, which is {total}; correct one of them",
            some=names[0],
            n=int(some[i]),
            of=names[1],
            total=int(of[i]),
        ),
    )
