"""A sheet set by Typst as PDF, with our own fonts and nothing from outside.

The PDF is tagged for screen readers and fit to be kept (PDF/UA-1 and PDF/A-2a). Its dates are
those of the order, so the same sheet is the same file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import typst

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.writers.papers.sheet import Sheet

FONTS = Path(str(files("zoning.assets"))) / "fonts"
TEMPLATES = Path(__file__).parent / "templates"

FULL = "does not fit one page"
_NO_GLYPH = re.compile(r'the text [`"]+(.+?)"?` could not be displayed')


class PageFullError(Exception):
    """What has to stand on one page doesn't, at the smallest letters allowed."""


def pdf(template: str, sheet: Sheet, at: datetime, sizes_pt: tuple[float, ...] = ()) -> bytes:
    """Return a sheet as PDF.

    Parameters
    ----------
    template : str
        Name of the template, such as `order`.
    sheet : Sheet
        What it shows.
    at : datetime
        Date of the document.
    sizes_pt : tuple of float
        For a document of one page: sizes of letters to try, in points.

    Raises
    ------
    OutputError
        If a text holds letters for which there is no font.
    PageFullError
        If a document of one page needs more.
    """
    compiler = _compiler(template, sheet, at, sizes_pt)
    with _in_words():
        made = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
    if not isinstance(made, bytes):
        raise TypeError(f"Typst gave {type(made).__name__} for a PDF")
    return made


def pictures(template: str, sheet: Sheet, at: datetime, ppi: float) -> tuple[bytes, ...]:
    """Return the pages of a sheet as PNG, the same pages as those of its PDF.

    Parameters
    ----------
    template : str
        Name of the template.
    sheet : Sheet
        What it shows.
    at : datetime
        Date of the document.
    ppi : float
        Pixels per inch of paper.

    Raises
    ------
    OutputError
        As `pdf`.
    """
    compiler = _compiler(template, sheet, at, ())
    with _in_words():
        made = compiler.compile(format="png", ppi=ppi)
    return (made,) if isinstance(made, bytes) else tuple(page for page in made or () if page)


def _compiler(
    template: str, sheet: Sheet, at: datetime, sizes_pt: tuple[float, ...]
) -> typst.Compiler:
    return typst.Compiler(
        input=TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={
            "sheet": sheet.as_json(),
            "at": at.astimezone(UTC).strftime("%Y %m %d %H %M %S"),
            "sizes": " ".join(f"{size:g}" for size in sizes_pt),
        },
    )


@contextmanager
def _in_words() -> Iterator[None]:
    """Turn what Typst can't set into what a person can mend."""
    try:
        yield
    except typst.TypstError as fault:
        if FULL in fault.message:
            raise PageFullError from fault
        missing = _NO_GLYPH.findall(fault.diagnostic)
        if missing:
            raise OutputError(
                tr(
                    "{letters} can't be printed: Latin, Bengali and Devanagari letters can. "
                    "Write the name that holds them in one of these.",
                    letters=" ".join(dict.fromkeys(missing)),
                )
            ) from fault
        raise


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)]
    )
