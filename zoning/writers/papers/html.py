"""A sheet as one web page that needs nothing else: no script, no font, no picture from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from zoning.i18n.catalogue import tr
from zoning.writers.papers.sheet import Cell, Chip, Section, Sheet, Table

STYLE = """
:root{color-scheme:light}
body{font-family:"Noto Serif","Noto Serif Bengali",Georgia,serif;font-size:1rem;line-height:1.5;
color:#000;background:#fff;max-width:50rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
.skip{position:absolute;left:-999rem}.skip:focus{position:static}
header{text-align:center;border-bottom:4px double #000;padding-bottom:.5rem}
header p{margin:0;font-weight:700}header p:first-child{font-size:1.25rem}
.numbered{display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap;margin:.5rem 0 1rem}
h1{text-align:center;letter-spacing:.12em;font-size:1.5rem;margin:1rem 0}
:lang(bn) h1{letter-spacing:0}
h2{font-size:1.1rem;margin:1.75rem 0 .5rem;break-after:avoid}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.5rem;border-left:3px solid #000;
padding-left:.8rem}dt{font-weight:700}dd{margin:0}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{position:absolute;left:-999rem}
th,td{border:1px solid #595959;padding:.3rem .5rem;text-align:left;vertical-align:top}
thead th{background:#e6e6e6}tbody th{font-weight:400}.number{text-align:right}tr{break-inside:avoid}
.chip{display:inline-block;min-width:1.2em;text-align:center;font-weight:700;border:1px solid #000;
border-radius:2px;padding:0 .3em;margin-right:.4em;print-color-adjust:exact}
.signature{margin:2.5rem 0 0 auto;width:20rem;max-width:100%;text-align:center}
.signature p{margin:.1rem 0}.seal{border:1px solid #595959;padding:.75rem;margin-top:2rem}
code{font-size:.9rem}.draft{border:2px solid #000;padding:.4rem;text-align:center;font-weight:700}
svg{max-width:100%;height:auto;display:block}:focus-visible{outline:3px solid #1f4fa3}
@page{size:A4;margin:18mm 20mm}
@media print{body{max-width:none;padding:0;font-size:10.5pt}.skip{display:none}
thead{display:table-header-group}.schedule{break-before:page}.seal{break-inside:avoid}}
"""


def html(sheet: Sheet) -> bytes:
    """Return a sheet as a web page, in UTF-8; it prints on A4."""
    return "\n".join(_lines(sheet)).encode("utf-8") + b"\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    say = _Marked(sheet)
    yield "<!DOCTYPE html>"
    yield f'<html lang="{sheet.language}"><head><meta charset="utf-8">'
    yield (
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(sheet.name)}</title><style>{STYLE}</style></head><body>"
    skip = tr("Skip to the text")
    yield f'<a class="skip" href="#main">{escape(skip)}</a>'
    yield f"<header>{_paragraphs(sheet.letter_head, say)}</header>"
    yield '<main id="main">'
    yield f'<p class="numbered"><strong>{say(sheet.number)}</strong> {say(sheet.dated)}</p>'
    if sheet.draft:
        yield f'<p class="draft">{say(sheet.draft)}</p>'
    yield f"<h1>{say(sheet.kind)}</h1><p><strong>{say(sheet.subject)}</strong></p>"
    if sheet.facts:
        pairs = "".join(f"<dt>{say(name)}</dt><dd>{say(told)}</dd>" for name, told in sheet.facts)
        yield f"<dl>{pairs}</dl>"
    yield _paragraphs(sheet.preamble, say)
    for section in sheet.body:
        yield f"<section>{_section(section, say)}</section>"
    if sheet.signature:
        yield f'<div class="signature">{_paragraphs(sheet.signature, say)}</div>'
    if sheet.hash:
        yield (
            f'<section class="seal"><h2>{say(sheet.seal_heading)}</h2>'
            f"{_paragraphs(sheet.seal, say)}<p><code>{say(sheet.hash)}</code></p></section>"
        )
    if sheet.copies:
        names = "".join(f"<li>{say(name)}</li>" for name in sheet.copies)
        yield f"<section><h2>{say(sheet.copies_heading)}</h2><ol>{names}</ol></section>"
    for section in sheet.schedules:
        yield f'<section class="schedule">{_section(section, say)}</section>'
    if sheet.map is not None:
        yield (
            f'<section class="schedule"><h2>{say(sheet.map_heading)}</h2>'
            f"{sheet.map.svg()}</section>"
        )
    yield "</main></body></html>"


class _Marked:
    """Escapes a text, and says in which language it is if that isn't the page's."""

    def __init__(self, sheet: Sheet) -> None:
        self._foreign = frozenset(sheet.foreign)
        self._language = sheet.foreign_language

    def __call__(self, text: str) -> str:
        if text in self._foreign:
            return f'<span lang="{escape(self._language)}">{escape(text)}</span>'
        return escape(text)


def _paragraphs(texts: Iterable[str], say: _Marked) -> str:
    return "".join(f"<p>{say(text)}</p>" for text in texts)


def _section(section: Section, say: _Marked) -> str:
    number = f"{escape(section.number)} " if section.number else ""
    text = f"<h2>{number}{say(section.heading)}</h2>{_paragraphs(section.paragraphs, say)}"
    return text + _table(section.table, section.heading, say) if section.table else text


def _table(table: Table, caption: str, say: _Marked) -> str:
    head = "".join(f'<th scope="col">{say(name)}</th>' for name in table.columns)
    whole = sum(table.shares)
    columns = "".join(f'<col style="width:{100 * n / whole:.1f}%">' for n in table.shares)
    rows = "".join(
        f'<tr><th scope="row">{_cell(row[0], say)}</th>'
        + "".join(_data(cell, i, table, say) for i, cell in enumerate(row[1:], start=1))
        + "</tr>"
        for row in table.rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{say(caption)}</caption><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _data(cell: Cell, i: int, table: Table, say: _Marked) -> str:
    is_number = table.numbers_from and i >= table.numbers_from
    return f"<td{' class=number' if is_number else ''}>{_cell(cell, say)}</td>"


def _cell(cell: Cell, say: _Marked) -> str:
    if isinstance(cell, Chip):
        look = f"background:{cell.fill};color:{cell.ink}"
        return (
            f'<span class="chip" style="{look}" aria-hidden="true">{escape(cell.letter)}</span>'
            f"{say(cell.text)}"
        )
    return say(cell)
