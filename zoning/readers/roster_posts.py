"""Postings of a file beside each other and those known: clashes, successions, empty posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from zoning.access import Officer, Posting, leaves_empty, overlapping
from zoning.i18n.catalogue import tr
from zoning.readers.fields import Part


@dataclass(frozen=True)
class KnownRoster:
    """What a file of the roster is held against.

    Attributes
    ----------
    level_of : mapping
        Level of each unit of the edition in force, by code.
    officers : mapping
        Officers known, by person.
    postings : tuple of Posting
        Postings known.
    """

    level_of: Mapping[str, str] = field(default_factory=dict)
    officers: Mapping[str, Officer] = field(default_factory=dict)
    postings: tuple[Posting, ...] = ()


def settle_posts(part: Part, rows: list[Posting | None], known: KnownRoster) -> list[Posting]:
    """Return the postings taken; tell those that leave a post empty.

    Parameters
    ----------
    part : Part
        Rows, n of them; those that clash or take over from nobody are rejected.
    rows : list of Posting or None
        The posting of each row, None where it is rejected already.
    known : KnownRoster
        What is there already.
    """
    taken: list[Posting] = []
    place: dict[int, Posting] = {}
    every = [*known.postings, *(row for row in rows if row is not None)]
    for i, posting in enumerate(rows):
        if posting is None:
            continue
        here = np.arange(len(rows)) == i
        other = overlapping(posting, [*known.postings, *taken])
        if other is not None:
            part.note(here, "posting_overlaps", lambda _, other=other: _clash(other))  # type: ignore[misc]
        elif posting.successor_of and not _takes_over(posting, every):
            part.note(
                here,
                "successor_unknown",
                lambda _, posting=posting: tr(  # type: ignore[misc]
                    "successor_of is {person}, who doesn't hold this post before; correct it, or "
                    "give that posting too",
                    person=posting.successor_of,
                ),
            )
        else:
            taken.append(posting)
            place[i] = posting
    for i, posting in place.items():
        if posting.to_on is not None and leaves_empty(posting, [*known.postings, *taken]):
            here = np.arange(len(rows)) == i
            part.note(
                here,
                "post_left_empty",
                lambda _, posting=posting: tr(  # type: ignore[misc]
                    "nobody takes the post of {role} over when it ends on {day}; name who "
                    "comes after",
                    role=posting.role.value,
                    day=posting.to_on,
                ),
                rejects=False,
            )
    return taken


def _takes_over(posting: Posting, others: list[Posting]) -> bool:
    return any(
        other.person_id == posting.successor_of
        and other.post == posting.post
        and other.from_on < posting.from_on
        for other in others
    )


def _clash(other: Posting) -> str:
    return tr(
        "{person} holds the same post from {first} to {last}; end that posting first, or say that "
        "one of the two acts",
        person=other.person_id,
        first=other.from_on,
        last=other.to_on or tr("no end"),
    )
