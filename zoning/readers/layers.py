"""Which layer of a file is meant: the only one, the only one with areas, or the one named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.readers.archives import Source

# One file, one layer: nothing to look up, and looking up would read it twice.
SINGLE_LAYER = (".shp", ".fgb", ".geojson", ".geojsonl", ".geojsons")
AREAS = ("Polygon", "Surface")


@dataclass(frozen=True)
class Layer:
    """A layer of a source; `kind` is GDAL's name of its shapes, empty for a table."""

    source: Source
    name: str
    kind: str

    @property
    def label(self) -> str:
        """Return how a mapping file names the layer."""
        return self.name or self.source.member


def choose_layer(
    path: Path,
    sources: list[Source],
    wanted: str,
    kind: str,
    list_layers: Callable[[Source], list[tuple[str, str]]],
) -> Layer:
    """Return the layer to read.

    Parameters
    ----------
    path : Path
        The file, for messages.
    sources : list of Source
        What it holds.
    wanted : str
        Layer named by the mapping, or empty.
    kind : str
        Section of the mapping that would name it.
    list_layers : callable
        Gives the layers of a source as pairs of name and kind of shapes.

    Raises
    ------
    InputError
        If no layer has that name, or several could be meant; the sentence lists them.
    """
    if not wanted and len(sources) == 1 and sources[0].suffix in SINGLE_LAYER:
        return Layer(sources[0], "", "")
    layers = [
        Layer(source, name, shapes) for source in sources for name, shapes in list_layers(source)
    ]
    if wanted:
        return _named(path, layers, wanted)
    if len(layers) == 1:
        return layers[0]
    drawn = [layer for layer in layers if layer.kind]
    areas = [layer for layer in drawn if any(word in layer.kind for word in AREAS)]
    # Where no layer is sure to hold areas, one whose kind the file doesn't tell may.
    for candidates in (areas, [] if areas else drawn):
        if len(candidates) == 1:
            return candidates[0]
    if not layers:
        raise InputError(tr("{file} holds no layer; export it again.", file=path))
    raise InputError(
        tr(
            "{file} holds several layers: {layers}. Name the one that is meant in a mapping file: "
            '[{kind}.file] layer = "{example}".',
            file=path,
            layers=_listed(layers),
            kind=kind,
            example=(areas or layers)[0].label,
        )
    )


def _named(path: Path, layers: list[Layer], wanted: str) -> Layer:
    def names(layer: Layer) -> set[str]:
        member = layer.source.member
        return {layer.name, member, PurePosixPath(member).name, PurePosixPath(member).stem}

    found = [layer for layer in layers if wanted in names(layer)]
    found = found or [
        layer for layer in layers if wanted.casefold() in {name.casefold() for name in names(layer)}
    ]
    if len(found) == 1:
        return found[0]
    raise InputError(
        tr(
            "{file} has no single layer {layer}, which the mapping asks for; it holds {layers}.",
            file=path,
            layer=wanted,
            layers=_listed(layers),
        )
    )


def _listed(layers: list[Layer]) -> str:
    several = len({layer.source.member for layer in layers}) > 1
    return ", ".join(
        layer.source.member if several and layer.source.member else layer.label
        for layer in layers[:20]
    )
