"""An order on categories of one district with all that is signed beside its head."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from tests.store.samples import NOON, hour, words
from zoning.orders.draft import DraftContent
from zoning.orders.paper import Commander, Consultation, Direction, Gate
from zoning.store.editions import edition_in_force
from zoning.store.order_booths import DeclaredBooths, insert_booths_of_order
from zoning.store.orders import NewOrder, OrderKind, OrderSource, add_order
from zoning.workflow.sealing_papers import seal_papers

ZONE = "CZ-20200518-001"
NUMBER = "12/DM/N/2020"


@dataclass(frozen=True)
class Asked:
    """What a neighbour is asked."""

    authority_unit_id: str
    about: str
    answer_by: datetime


CONTENT = DraftContent(
    number=NUMBER,
    title="Containment zone in the north",
    act="section 34 of the Disaster Management Act, 2005",
    reason="The virus is passed on in the lanes named below.",
    signatory="dm-north",
    effective_at=hour(2),
    review_at=hour(24 * 7),
    expires_at=hour(24 * 14),
    directions=(Direction("Cordon the zone.", "Commissioner of Police", hour(3)),),
    gates=(
        Gate(ZONE, "Bazar crossing", "06:00-20:00"),
        Gate(ZONE, "Ghat road", "always", is_medical_exit=True),
    ),
    commanders=(Commander("R. Sen", "Deputy Magistrate", "033-0000 0101", (ZONE,)),),
    closing=("Any violation attracts penal action.",),
    copies_to=("The Chief Secretary",),
)


def publish_sealed(store, at=NOON, unit="W2", content=CONTENT, kind=OrderKind.CATEGORIES):
    """Publish an order on the booths of one ward, and seal it; return its id and hash."""
    with store.transaction() as session:
        edition = edition_in_force(session, at)
        order = NewOrder(
            content.number,
            content.title,
            content.act,
            content.reason,
            content.signatory,
            content.effective_at or at,
            content.review_at,
            content.expires_at,
        )
        order_id = add_order(
            session, order, OrderSource(kind, edition.edition_id), at=at, who="tester"
        )
        booths = DeclaredBooths(
            words(f"{unit}-a", f"{unit}-b", f"{unit}-c"),
            words(unit, unit, unit),
            words("A", "B", "C"),
            words(ZONE, "", ""),
        )
        insert_booths_of_order(session, order_id, booths)
        digest = seal_papers(
            session,
            order_id,
            content,
            (
                Consultation("police", "CP/455", date(2020, 5, 17)),
                Consultation("health", "CMOH/12", date(2020, 5, 17)),
            ),
            (Asked("S", "Buffer at the ghat", hour(24)),),
            at,
        )
    return order_id, digest


def numbered(number, **changes):
    """Return the same content under another number."""
    return replace(CONTENT, number=number, **changes)
