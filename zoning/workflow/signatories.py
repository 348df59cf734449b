"""Whether an order may be signed: what it lacks, and whether its signatory holds the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from zoning import clock
from zoning.access import Action, is_statewide
from zoning.i18n.catalogue import tr
from zoning.orders.completeness import missing_of_areas, missing_of_text
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.paper import OrderPaper
from zoning.orders.parts import SignedBy
from zoning.orders.procedure import procedure
from zoning.orders.signatory import Jurisdiction, Roster, named, signatory_faults, signing_post
from zoning.places.hierarchy import units_below
from zoning.settings import Settings
from zoning.store.boundaries import read_units
from zoning.store.editions import edition_in_force
from zoning.store.officers import read_officers, read_postings
from zoning.workflow.kind_rights import CONTAINMENT


def signing_act(kind: DraftKind) -> Action:
    """Return what a signature under an order of a kind does; see `orders/procedure.toml`."""
    return procedure().kinds[kind].approves


def signing_faults(
    session: Session,
    content: DraftContent,
    kind: DraftKind,
    area: str,
    at: datetime,
    *,
    paper: OrderPaper | None = None,
    settings: Settings | None = None,
) -> tuple[str, ...]:
    """Return what stands against signing a draft, a sentence each; empty if it may be signed.

    Parameters
    ----------
    session : Session
        An open transaction.
    content : DraftContent
        What the draft says.
    kind : DraftKind
        Of the order.
    area : str
        Unit that answers for it; empty for the whole state.
    at : datetime
        Moment of the signature, with offset.
    paper : OrderPaper or None
        The order as it would be printed (`order_papers.draft_paper`), so that what it declares is
        looked at too: zones without commander, gate or medical exit. None looks at head, moments,
        directions and signatory alone.
    settings : Settings or None
        Which corporations delineate themselves; those of the environment if None.
    """
    words = _words_of(content, at)
    faults = list(missing_of_text(words, at))
    if paper is not None:
        faults += [fault for fault in missing_of_areas(paper) if fault not in faults]
    faults += faults_of_signatory(session, content, kind, area, at, settings=settings)
    return tuple(faults)


def faults_of_signatory(
    session: Session,
    content: DraftContent,
    kind: DraftKind,
    area: str,
    at: datetime,
    *,
    settings: Settings | None = None,
) -> tuple[str, ...]:
    """Return what stands against the signatory of a draft alone; see `signing_faults`."""
    days = (at, content.effective_at or at)
    return tuple(
        signatory_faults(
            content.signatory,
            read_roster(session, at),
            _jurisdiction(session, area, at, settings or Settings()),
            signing_act(kind),
            CONTAINMENT,
            tuple(clock.today_ist(moment) for moment in days),
        )
    )


def printed_signatory(session: Session, signatory: str, at: datetime) -> str:
    """Return the name under an order; with the number where two officers are called so."""
    roster = read_roster(session, at)
    officers = named(signatory, roster)
    if len(officers) != 1:
        return signatory.strip()
    name = officers[0].name
    return name if len(named(name, roster)) == 1 else signatory.strip()


def signed_by(
    session: Session, signatory: str, act: Action, area: str, at: datetime, effective_at: datetime
) -> SignedBy:
    """Return who signs, with the posting held on the day of effect; the bare name without one."""
    roster = read_roster(session, at)
    officers = named(signatory, roster)
    if len(officers) != 1:
        return SignedBy(signatory.strip())
    where = _jurisdiction(session, area, at, Settings())
    on = clock.today_ist(effective_at)
    post = signing_post(signatory, roster, where, act, CONTAINMENT, on)
    if post is None:
        return SignedBy(officers[0].name)
    return SignedBy(
        officers[0].name,
        post.role.value,
        "" if is_statewide(post.role) else where.names.get(post.area_unit_id, post.area_unit_id),
        post.is_acting,
        post.from_on,
        post.to_on,
    )


def read_roster(session: Session, at: datetime) -> Roster:
    """Return the roster as known at a moment."""
    return Roster(
        read_officers(session, at), tuple(kept.posting for kept in read_postings(session, at))
    )


def _words_of(content: DraftContent, at: datetime) -> OrderPaper:
    """Return the words of a draft as a paper; whose order it is and where follow from its area."""
    return OrderPaper(
        number=content.number,
        title=content.title,
        act=content.act,
        reason=content.reason,
        authority=tr("the signatory"),
        district=tr("the area"),
        signatory=None,
        issued_at=at,
        effective_at=content.effective_at or at,
        review_at=content.review_at,
        expires_at=content.expires_at,
        supersedes=content.supersedes,
        directions=content.directions,
        closing=content.closing,
    )


def _jurisdiction(session: Session, area: str, at: datetime, settings: Settings) -> Jurisdiction:
    edition = edition_in_force(session, at)
    if edition is None:
        return Jurisdiction(area, area, {})
    units = read_units(session, edition.edition_id)
    names = dict(zip(units.unit_id.tolist(), units.name.tolist(), strict=True))
    wanted = {kept.posting.area_unit_id for kept in read_postings(session, at)} - {""}
    delineating = (units_below(code, units) for code in settings.self_delineating_ids)
    return Jurisdiction(
        area,
        names.get(area, area),
        {code: units_below(code, units) for code in wanted},
        frozenset().union(*delineating),
        names,
    )
