"""The pattern of every `zoning import KIND`: what all of them are given, open and print."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from zoning.commandline.printing import AsJson, print_account
from zoning.i18n.catalogue import tr
from zoning.model import RowAccount

if TYPE_CHECKING:
    from zoning.store.engine import Store
    from zoning.workflow.ground import GroundShelf
    from zoning.workflow.taking import ImportOrder

File = Annotated[Path, typer.Argument(help=tr("File to take in."), show_default=False)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=tr("Report only; write nothing."))]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help=tr("Mapping file (TOML)."))]
FeedId = Annotated[str, typer.Option("--feed", help=tr("Feed that the file comes from."))]
Crs = Annotated[str, typer.Option(help=tr("Coordinate system, overriding the file: EPSG:n."))]

NEEDED, KIND = inspect.Parameter.empty, inspect.Parameter.POSITIONAL_OR_KEYWORD

Take = Callable[..., RowAccount]
"""Takes what was given, then the options of its own kind, and returns the account."""


@dataclass(frozen=True)
class Given:
    """What every kind of import is given."""

    file: Path
    mapping: Path | None
    is_dry_run: bool

    @property
    def store(self) -> Store:
        """Return the database of the settings."""
        from zoning.commandline.database import opened

        return opened()

    @property
    def shelf(self) -> GroundShelf:
        """Return where grounds are kept."""
        from zoning.settings import Settings
        from zoning.workflow.ground import shelf_of

        return shelf_of(Settings().cache_dir)

    def order(self, feed_id: str = "") -> ImportOrder:
        """Return the import as it was asked for, now, by whoever works at this terminal."""
        from zoning import clock
        from zoning.commandline.database import who
        from zoning.workflow.taking import ImportOrder

        return ImportOrder(self.file, clock.now(), who(), self.mapping, self.is_dry_run, feed_id)


def command(app: typer.Typer, example: str) -> Callable[[Take], Take]:
    """Make a command of a function: a file, the options of its own kind, and those of all.

    Parameters
    ----------
    app : typer.Typer
        What it becomes a command of, under the name of the function.
    example : str
        Printed beneath its help.
    """

    def register(take: Take) -> Take:
        hints = get_type_hints(take, include_extras=True)
        own = list(inspect.signature(take).parameters.values())[1:]
        told = [
            _option("file", File),
            *(option.replace(annotation=hints[option.name]) for option in own),
            _option("mapping", MappingFile, None),
            _option("dry_run", DryRun, False),
            _option("as_json", AsJson, False),
        ]

        def run(file: Path, mapping: Path | None, dry_run: bool, as_json: bool, **its: Any) -> None:
            account = take(Given(file, mapping, dry_run), **its)
            print_account(account, as_json=as_json)

        # Typer reads options from a signature; this one is put together.
        run.__signature__ = inspect.Signature(told)  # type: ignore[attr-defined]
        run.__annotations__ = {option.name: option.annotation for option in told}
        app.command(take.__name__, help=inspect.getdoc(take), epilog=example)(run)
        return take

    return register


def _option(name: str, annotation: Any, default: Any = NEEDED) -> inspect.Parameter:
    return inspect.Parameter(name, KIND, default=default, annotation=annotation)
