"""`zoning deviations`: the register, relaxations withdrawn because of it, and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from zoning.commandline.database import opened, who
from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from datetime import datetime

    from zoning.measures.order import Memo
    from zoning.measures.withdrawals import Withdrawal
    from zoning.workflow.deviation_register import Listed

app = typer.Typer(no_args_is_help=True)

Number = Annotated[int, typer.Argument(help=tr("Number of the deviation."))]
Reason = Annotated[str, typer.Option(help=tr("Why."))]


@app.callback()
def deviations() -> None:
    """Take deviations down, withdraw relaxations because of them, and give them back."""


@app.command("list", epilog=tr("Example: zoning deviations list --json"))
def list_all(as_json: AsJson = False) -> None:
    """List the deviations, the newest first, and what was withdrawn because of them."""
    from zoning import clock
    from zoning.i18n.forms import moment
    from zoning.workflow.deviation_register import list_deviations

    found = list_deviations(opened(), who(), clock.now())
    if as_json:
        print_json({"deviations": [_as_json(row) for row in found.listed]})
        return
    for row in found.listed:
        new = row.deviation.new
        typer.echo(
            tr(
                "{id}  {state}  {unit}  {premises}  {activity}  {offence}  {when}",
                id=row.deviation.deviation_id,
                state=row.state.value,
                unit=new.unit_id,
                premises=new.premises or new.place,
                activity=new.activity,
                offence=new.offence,
                when=moment(new.happened_at),
            )
        )
        for one in row.withdrawals:
            typer.echo(
                tr(
                    "    {number}  {scope}  {activity}  review by {review}  {end}",
                    number=one.number,
                    scope=one.scope.value,
                    activity=one.activity or tr("everything"),
                    review=moment(one.review_at),
                    end=""
                    if one.restored is None
                    else tr("restored {when}", when=moment(one.restored.effective_at)),
                ).rstrip()
            )
    if not found.listed:
        typer.echo(tr("No deviation is recorded."))


def _as_json(row: Listed) -> dict[str, object]:
    new = row.deviation.new
    return {
        "deviation": row.deviation.deviation_id,
        "state": row.state.value,
        "unit_id": new.unit_id,
        "booth_id": new.booth_id,
        "place": new.place,
        "premises": new.premises,
        "activity": new.activity,
        "offence": new.offence,
        "happened_at": new.happened_at.isoformat(),
        "recorded_at": row.deviation.at.isoformat(),
        "withdrawals": [_withdrawal(one) for one in row.withdrawals],
    }


def _withdrawal(one: Withdrawal) -> dict[str, object]:
    end = one.restored
    return {
        "number": one.number,
        "scope": one.scope.value,
        "unit_id": one.unit_id,
        "premises": one.premises,
        "activity": one.activity,
        "reason": one.reason,
        "effective_at": one.effective_at.isoformat(),
        "review_at": one.review_at.isoformat(),
        "restored_at": None if end is None else end.effective_at.isoformat(),
    }


@app.command(
    epilog=tr(
        "Example: zoning deviations record --unit W3 --premises 'Corner shop' --activity "
        "markets_and_shops --at 2020-05-25T10:00 --evidence 'crowd of 40, photograph 12'"
    )
)
def record(
    unit: Annotated[str, typer.Option(help=tr("Unit where it was seen."))],
    activity: Annotated[str, typer.Option(help=tr("What was going on, by its key."))],
    at: Annotated[str, typer.Option(help=tr("When, such as 2020-05-25T10:00; in IST."))],
    evidence: Annotated[str, typer.Option(help=tr("What was seen, and what shows it."))],
    premises: Annotated[str, typer.Option(help=tr("Name of the premises."))] = "",
    place: Annotated[str, typer.Option(help=tr("Where it was, in words."))] = "",
    booth: Annotated[str, typer.Option(help=tr("Booth where it was seen."))] = "",
    offence: Annotated[str, typer.Option(help=tr("Key of the offence."))] = "DMA-51-b",
    as_json: AsJson = False,
) -> None:
    """Take a deviation down."""
    from zoning import clock
    from zoning.store.deviations import NewDeviation
    from zoning.workflow.deviations import record as take_down
    from zoning.workflow.measures_desk import moment_of

    new = NewDeviation(unit, activity, evidence, offence, moment_of(at), booth, place, premises)
    number = take_down(opened(), new, clock.now(), who(), _memos())
    if as_json:
        print_json({"deviation": number})
        return
    typer.echo(tr("Deviation {id} is recorded.", id=number))


@app.command(epilog=tr("Example: zoning deviations withdraw 7 --reason 'crowd after a warning'"))
def withdraw(
    deviation: Number,
    reason: Reason,
    area: Annotated[
        str,
        typer.Option(help=tr("Unit in all of which it ends; the premises alone if left out.")),
    ] = "",
    activity: Annotated[
        str, typer.Option(help=tr("What is withdrawn; at premises everything if left out."))
    ] = "",
    review: Annotated[
        str, typer.Option(help=tr("When it is looked at again; needed for an area."))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Withdraw what is permitted: for the premises at once, in an area by a second decision."""
    from zoning import clock
    from zoning.errors import InputError
    from zoning.i18n.forms import moment
    from zoning.workflow.deviations import withdraw_activity_in_area, withdraw_premises

    now, by, memos, on = clock.now(), who(), _memos(), _review(review)
    if not area.strip():
        made = withdraw_premises(
            opened(), deviation, reason, now, by, activity=activity, review_at=on, memos=memos
        )
    elif on is None:
        raise InputError(tr("Withdrawing in an area needs --review: when it is looked at again."))
    else:
        made = withdraw_activity_in_area(
            opened(), deviation, area.strip(), activity, reason, on, now, by, memos
        )
    if as_json:
        print_json(_withdrawal(made))
        return
    typer.echo(
        tr(
            "{number}: withdrawn from now on, to be reviewed by {when}.",
            number=made.number,
            when=moment(made.review_at),
        )
    )


@app.command(epilog=tr("Example: zoning deviations restore V-20200525-001 --reason 'put right'"))
def restore(
    number: Annotated[str, typer.Argument(help=tr("Number of the withdrawal."))], reason: Reason
) -> None:
    """Give a relaxation back that was withdrawn."""
    from zoning import clock
    from zoning.workflow.deviations import restore as give_back

    made = give_back(opened(), number, reason, clock.now(), who())
    typer.echo(tr("{number} has ended.", number=made.number))


def _review(text: str) -> datetime | None:
    from zoning.workflow.measures_desk import moment_of

    return moment_of(text, "--review") if text.strip() else None


def _memos() -> tuple[Memo, ...]:
    from zoning.measures.memo import known_memos
    from zoning.settings import Settings

    return known_memos(Settings().memos_folder)
