"""All papers of one order, or of one state return, in one folder.

``public/``
    the order as PDF and HTML in each language, as JSON, its map, the press note; the list of booths
    where it is a file of its own.
``sealed/``
    the annex whose hash the order prints, and the same for a reader. Never publish it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.annex import OrderAnnex, annex_bytes, annex_hash
from zoning.orders.paper import OrderPaper
from zoning.writers.papers.annex_sheet import annex_sheet
from zoning.writers.papers.booth_list import booths_csv, is_listed_apart
from zoning.writers.papers.folder import SEALED, write_folder
from zoning.writers.papers.html import html
from zoning.writers.papers.map_layers import MapLayers
from zoning.writers.papers.map_svg import draw_map
from zoning.writers.papers.order_json import order_json
from zoning.writers.papers.order_sheet import order_sheet
from zoning.writers.papers.press_note import press_json, press_pdf
from zoning.writers.papers.state_return import StateReturn, return_json, return_pdf
from zoning.writers.papers.typeset import pdf, pictures
from zoning.writers.papers.words import LANGUAGES, in_language
from zoning.writers.papers.zone_words import zone_words

PUBLIC = "public"
BOOTHS = f"{PUBLIC}/booths.csv"
ANNEX = f"{SEALED}/annex.json"


@dataclass(frozen=True)
class Written:
    """What was written.

    Attributes
    ----------
    folder : Path
        Where it lies.
    public, sealed : tuple of Path
        The files for everyone, and those for the court.
    sha256 : Mapping of str to str
        Hash of each file, by its path within the folder.
    untranslated : Mapping of str to tuple of str
        By language: texts that stay as written because nobody translated them.
    """

    folder: Path
    public: tuple[Path, ...]
    sealed: tuple[Path, ...]
    sha256: Mapping[str, str]
    untranslated: Mapping[str, tuple[str, ...]]


def write_order(
    paper: OrderPaper,
    annex: OrderAnnex | None,
    map_layers: MapLayers | None,
    out_folder: Path,
    languages: Sequence[str] = LANGUAGES,
) -> Written:
    """Write the papers of an order; the same order gives the same bytes.

    Whether the order may be signed is another question: see `missing_for_signature`.

    Parameters
    ----------
    paper : OrderPaper
        The public part, which prints the hash of the annex (`sealed_with`).
    annex : OrderAnnex or None
        The evidence; only a draft may do without.
    map_layers : MapLayers or None
        What the map is drawn from; None, or nothing with ground, for no map.
    out_folder : Path
        Where the folder appears, complete or not at all.
    languages : Sequence of str
        `en`, `bn`.

    Raises
    ------
    OrderError
        If the annex isn't the one whose hash the order prints.
    OutputError
        If a language or a letter can't be printed, or the folder can't be written or holds other
        papers already.
    """
    _refuse_other_annex(paper, annex)
    contents, untranslated = public_papers(paper, map_layers, languages)
    if annex is not None:
        contents |= annex_papers(annex, paper.issued_at, languages)
    return _written(out_folder, contents, untranslated)


def write_public(
    paper: OrderPaper,
    map_layers: MapLayers | None,
    out_folder: Path,
    languages: Sequence[str] = LANGUAGES,
) -> Written:
    """Write what everyone may read of an order, and nothing of its annex; see `write_order`.

    Raises
    ------
    OrderError
        If it prints no hash of an annex and isn't a draft.
    OutputError
        As `write_order`.
    """
    if not (paper.is_draft or paper.annex_sha256):
        raise OrderError(_without_annex(paper))
    contents, untranslated = public_papers(paper, map_layers, languages)
    return _written(out_folder, contents, untranslated)


def public_papers(
    paper: OrderPaper, map_layers: MapLayers | None, languages: Sequence[str] = LANGUAGES
) -> tuple[dict[str, bytes], dict[str, tuple[str, ...]]]:
    """Return the public papers of an order by path, and the texts that nobody translated."""
    contents: dict[str, bytes] = {}
    list_sha256 = ""
    if is_listed_apart(paper):
        contents[BOOTHS] = booths_csv(paper)
        list_sha256 = sha256(contents[BOOTHS]).hexdigest()
    untranslated = {}
    for code in languages:
        with in_language(code):
            drawing = draw_map(map_layers, zone_words(paper.levels)) if map_layers else None
            sheet, untranslated[code] = order_sheet(paper, drawing, list_sha256)
            contents[f"{PUBLIC}/order.{code}.pdf"] = pdf("order", sheet, paper.issued_at)
            contents[f"{PUBLIC}/order.{code}.html"] = html(sheet)
            contents[f"{PUBLIC}/press-note.{code}.pdf"] = press_pdf(paper)
            if drawing is not None:
                contents[f"{PUBLIC}/map.{code}.svg"] = drawing.svg().encode("utf-8")
    contents[f"{PUBLIC}/order.json"] = order_json(paper, list_sha256)
    contents[f"{PUBLIC}/press-note.json"] = press_json(paper)
    return contents, untranslated


def order_pictures(
    paper: OrderPaper, map_layers: MapLayers | None, language: str, ppi: float
) -> tuple[bytes, ...]:
    """Return the pages of an order as PNG, as its PDF in that language has them."""
    list_sha256 = sha256(booths_csv(paper)).hexdigest() if is_listed_apart(paper) else ""
    with in_language(language):
        drawing = draw_map(map_layers, zone_words(paper.levels)) if map_layers else None
        sheet, _ = order_sheet(paper, drawing, list_sha256)
        return pictures("order", sheet, paper.issued_at, ppi)


def annex_papers(
    annex: OrderAnnex, issued_at: datetime, languages: Sequence[str] = LANGUAGES
) -> dict[str, bytes]:
    """Return the annex and the same for a reader, by path under `sealed/`."""
    contents = {ANNEX: annex_bytes(annex)}
    for code in languages:
        with in_language(code):
            contents[f"{SEALED}/annex.{code}.pdf"] = pdf("order", annex_sheet(annex), issued_at)
    return contents


def write_state_return(
    told: StateReturn, out_folder: Path, languages: Sequence[str] = LANGUAGES
) -> Written:
    """Write the state return into a folder, under `sealed/`: it is for officers.

    Raises
    ------
    OutputError
        If it has more districts than a page holds, or as `write_order`.
    """
    contents = {f"{SEALED}/state-return.json": return_json(told)}
    for code in languages:
        with in_language(code):
            contents[f"{SEALED}/state-return.{code}.pdf"] = return_pdf(told)
    return _written(out_folder, contents, {})


def _written(
    folder: Path, contents: dict[str, bytes], untranslated: dict[str, tuple[str, ...]]
) -> Written:
    write_folder(folder, contents)
    paths = {name: folder / name for name in sorted(contents)}
    return Written(
        folder=folder,
        public=tuple(path for name, path in paths.items() if not name.startswith(SEALED)),
        sealed=tuple(path for name, path in paths.items() if name.startswith(SEALED)),
        sha256=MappingProxyType({n: sha256(contents[n]).hexdigest() for n in paths}),
        untranslated=MappingProxyType(untranslated),
    )


def _refuse_other_annex(paper: OrderPaper, annex: OrderAnnex | None) -> None:
    if annex is None:
        if paper.is_draft:
            return
        raise OrderError(_without_annex(paper))
    if annex.order_number != paper.number or annex_hash(annex) != paper.annex_sha256:
        raise OrderError(
            tr(
                "The annex isn't the one whose hash order {number} prints; seal the order with "
                "its annex anew.",
                number=paper.number,
            )
        )


def _without_annex(paper: OrderPaper) -> str:
    return tr(
        "Order {number} has no annex with its evidence; only a draft may do without.",
        number=paper.number,
    )
