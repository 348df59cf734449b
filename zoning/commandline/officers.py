"""`zoning officers`: who is posted where, the end of a posting, and its handing over."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.access import Posting

app = typer.Typer(invoke_without_command=True)

PostingId = Annotated[int, typer.Argument(help=tr("Number of the posting; see zoning officers."))]


@app.callback()
def officers(
    context: typer.Context,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=tr("Day; today if left out.")),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=tr("Ended and future ones too."))] = False,
    as_json: AsJson = False,
) -> None:
    """List who holds which post."""
    if context.invoked_subcommand is not None:
        return
    from zoning import clock
    from zoning.workflow.officers import list_officers

    at = clock.now()
    day = clock.today_ist(at) if on is None else on.date()
    listed = list_officers(opened(), at, None if every else day)
    if as_json:
        rows = [
            {
                "posting": row.posting_id,
                "person_id": row.posting.person_id,
                "name": row.officer.name,
                "email": row.officer.email,
                "role": row.posting.role.value,
                "area_unit_id": row.posting.area_unit_id,
                "subject": row.posting.subject,
                "from_on": row.posting.from_on.isoformat(),
                "to_on": None if row.posting.to_on is None else row.posting.to_on.isoformat(),
                "is_acting": row.posting.is_acting,
                "successor_of": row.posting.successor_of,
            }
            for row in listed
        ]
        print_json({"officers": rows})
        return
    for row in listed:
        typer.echo(_line(row.posting_id, row.posting, row.officer.name))


def _line(posting_id: int, posting: Posting, name: str) -> str:
    from zoning.access import role_word
    from zoning.i18n.forms import day

    role = role_word(posting.role)
    return tr(
        "{id}  {role}  {area}  {subject}  {name} ({person})  {first} – {last}",
        id=posting_id,
        role=tr("acting {role}", role=role) if posting.is_acting else role,
        area=posting.area_unit_id or tr("whole state"),
        subject=posting.subject or tr("all subjects"),
        name=name,
        person=posting.person_id,
        first=day(posting.from_on),
        last=tr("open") if posting.to_on is None else day(posting.to_on),
    )


@app.command(epilog=tr("Example: zoning officers end 7 --on 2020-06-30"))
def end(
    posting: PostingId,
    on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help=tr("Last day of it."))],
) -> None:
    """End a posting that may end: somebody else holds the post, or it may stand empty."""
    from zoning import clock
    from zoning.i18n.forms import day
    from zoning.workflow.officers import end_posting

    end_posting(opened(), posting, on.date(), clock.now(), who())
    typer.echo(tr("Posting {id} ends on {day}.", id=posting, day=day(on.date())))


@app.command(epilog=tr("Example: zoning officers transfer 7 --to IAS-0412 --from 2020-07-01"))
def transfer(
    posting: PostingId,
    to: Annotated[str, typer.Option(help=tr("Person who takes over."))],
    from_on: Annotated[
        datetime,
        typer.Option(
            "--from",
            formats=["%Y-%m-%d"],
            help=tr("First day of who takes over; the day before is the last of the other."),
        ),
    ],
    name: Annotated[str, typer.Option(help=tr("Name, of a person not on the roster."))] = "",
    email: Annotated[str, typer.Option(help=tr("Address of the sign-in, likewise."))] = "",
    acting: Annotated[bool, typer.Option(help=tr("Who takes over only acts in the post."))] = False,
) -> None:
    """Hand a post over to another person, in one step."""
    from zoning import clock
    from zoning.access import Officer
    from zoning.i18n.forms import day
    from zoning.workflow.officers import transfer as hand_over

    successor = Officer(to.strip(), name, email)
    new = hand_over(
        opened(), posting, successor, from_on.date(), clock.now(), who(), is_acting=acting
    )
    typer.echo(
        tr(
            "{person} takes the post over on {day}: posting {id}.",
            person=to,
            day=day(from_on.date()),
            id=new.posting_id,
        )
    )
