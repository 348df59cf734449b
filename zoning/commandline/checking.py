"""`zoning check`: how an installation stands."""

from __future__ import annotations

from typing import Annotated

import typer

from zoning.commandline.printing import AsJson, print_json
from zoning.i18n.catalogue import tr

app = typer.Typer()

REFUSED = 2


@app.command(epilog=tr("Example: zoning check --noted 3f1a..."))
def check(
    noted: Annotated[
        str, typer.Option(help=tr("Head of the audit that you noted before: is it still there?"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Look at every part of the installation; exit status 2 if one is broken."""
    from zoning import clock
    from zoning.settings import Settings
    from zoning.workflow.checking import State, worst
    from zoning.workflow.checking import check as look

    found = look(Settings(), clock.now(), noted.strip().lower())
    state = worst(found)
    if as_json:
        parts = [
            {"check": c.name, "state": c.state.value, "sentence": c.sentence, **c.figures}
            for c in found
        ]
        print_json({"state": state.value, "checks": parts})
    else:
        words = {
            State.OK: tr("ok"),
            State.DOUBTFUL: tr("doubtful"),
            State.BROKEN: tr("broken"),
        }
        for c in found:
            typer.echo(
                tr(
                    "{state}  {part}: {sentence}",
                    state=words[c.state],
                    part=c.name,
                    sentence=c.sentence,
                )
            )
    if state is State.BROKEN:
        raise typer.Exit(REFUSED)
