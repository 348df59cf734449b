"""`zoning drafts`: orders from the first draft on; steps are in `draft_steps`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from zoning.commandline import delays, floors
from zoning.commandline.database import opened, who
from zoning.commandline.draft_content import draft_as_json, draft_in_words, read_content
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer(no_args_is_help=True)
app.add_typer(floors.app, name="floors", help=tr("The mildest zones that are allowed."))
app.add_typer(delays.requests_app, name="requests", help=tr("What neighbours are asked for."))
app.add_typer(delays.escalations_app, name="escalations", help=tr("What wasn't done in time."))

DraftId = Annotated[int, typer.Argument(help=tr("Number of the draft."))]
Version = Annotated[
    int | None,
    typer.Option(help=tr("Version that you saw; refused if it was changed since. The latest.")),
]


@app.callback()
def drafts() -> None:
    """Draft orders, consult on them, approve and publish them; seal at once."""


@app.command("list", epilog=tr("Example: zoning drafts list --open"))
def list_all(
    is_open: Annotated[
        bool | None, typer.Option("--open/--ended", help=tr("Those that may still become orders."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List drafts, the newest first."""
    from zoning import clock
    from zoning.workflow.drafting import list_drafts

    found = list_drafts(opened(), who(), clock.now(), is_open=is_open)
    if as_json:
        print_json({"drafts": [draft_as_json(draft) for draft in found]})
        return
    for draft in found:
        typer.echo(draft_in_words(draft))
    if not found:
        typer.echo(tr("There is no draft: “zoning drafts start zones” begins one."))


@app.command(epilog=tr("Example: zoning drafts show 3 --json"))
def show(draft: DraftId, as_json: AsJson = False) -> None:
    """Show a draft: every version, who was asked, and what stands against its publication."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.orders.steps import answer_word, office_word
    from zoning.workflow.consulting import Answer, consultations
    from zoning.workflow.drafting import history, remarks

    store, at = opened(), clock.now()
    versions = history(store, draft, who(), at)
    asked = consultations(store, draft, who(), at)
    against = remarks(store, draft, who(), at)
    if as_json:
        print_json(
            draft_as_json(versions[-1])
            | {
                "remarks": list(against),
                "history": [draft_as_json(version) for version in versions],
                "consultations": [
                    {
                        "office": one.office,
                        "answer_by": one.answer_by.isoformat(),
                        "answer": one.answer,
                        "note": one.note,
                        "reference": one.reference,
                        "held_on": None if one.held_on is None else one.held_on.isoformat(),
                        "by": one.by,
                    }
                    for one in asked
                ],
            }
        )
        return
    for version in versions:
        typer.echo(draft_in_words(version))
    for one in asked:
        typer.echo(
            tr(
                "{office}: {answer} (asked until {until}) {note}",
                office=office_word(one.office),
                answer=answer_word(Answer(one.answer)),
                until=moment(one.answer_by),
                note=one.note,
            ).rstrip()
        )
    for sentence in against:
        typer.echo(sentence)


@app.command(epilog=tr("Example: zoning drafts start categories --area N24P"))
def start(
    kind: Annotated[str, typer.Argument(help=tr("zones or categories."))],
    run: Annotated[
        int | None, typer.Option(help=tr("Run it is drafted from; the latest if left out."))
    ] = None,
    area: Annotated[str, typer.Option(help=tr("District or corporation, for categories."))] = "",
    file: Annotated[
        Path | None, typer.Option("--content", help=tr("JSON file with what it says."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Begin a draft from what was proposed."""
    from zoning import clock
    from zoning.errors import InputError
    from zoning.orders.draft import DraftKind
    from zoning.settings import Settings
    from zoning.workflow.drafting import start as start_draft
    from zoning.workflow.ground import GroundShelf

    known = [DraftKind.ZONES.value, DraftKind.CATEGORIES.value]
    if kind not in known:
        raise InputError(
            tr("{kind} can't be drafted; choose one of {known}.", kind=kind, known=", ".join(known))
        )
    made = start_draft(
        opened(),
        DraftKind(kind),
        clock.now(),
        who(),
        run_id=run,
        area_unit_id=area,
        content=None if file is None else read_content(file),
        shelf=GroundShelf(Settings().cache_dir),
    )
    if as_json:
        print_json(draft_as_json(made))
        return
    typer.echo(tr("Draft {id} is begun; write it with: zoning drafts save", id=made.draft_id))


@app.command(epilog=tr("Example: zoning drafts save 3 order.json"))
def save(
    draft: DraftId,
    file: Annotated[Path, typer.Argument(help=tr("JSON file with all that it says."))],
    version: Version = None,
    as_json: AsJson = False,
) -> None:
    """Save what a draft says, and tell what would stand against its publication."""
    from zoning import clock
    from zoning.workflow.drafting import get
    from zoning.workflow.drafting import save as save_draft

    content = read_content(file)
    store, at = opened(), clock.now()
    seen = get(store, draft, who(), at).version if version is None else version
    saved = save_draft(store, draft, seen, content, at, who())
    if as_json:
        print_json(draft_as_json(saved))
        return
    typer.echo(draft_in_words(saved))
    for sentence in saved.remarks:
        typer.echo(sentence)


@app.command(epilog=tr("Example: zoning drafts seal AC-160/12 --reason 'cluster in a market'"))
def seal(
    booths: Annotated[list[str], typer.Argument(help=tr("Booths that are closed."))],
    reason: Annotated[str, typer.Option(help=tr("Why; it is printed."))],
) -> None:
    """Close booths at once, for a day, and open the draft that decides on it."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.settings import Settings
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.sealing import seal as seal_booths

    settings = Settings()
    order = seal_booths(
        opened(),
        GroundShelf(settings.cache_dir),
        booths,
        reason,
        clock.now(),
        who(),
        self_delineating=settings.self_delineating_ids,
    )
    assert order.expires_at is not None
    typer.echo(
        tr(
            "Order {number} is in force until {until}; decide on it before: zoning drafts list "
            "--open",
            number=order.number,
            until=moment(order.expires_at),
        )
    )
