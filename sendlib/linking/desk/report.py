"""The quality report: one page of HTML without anything from elsewhere, and the same numbers as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from html import escape

from sendlib.answer.numbers import count_of, percent, written
from sendlib.linking.desk.quality import FEW, LOOK_FROM, Group, Quality
from sendlib.linking.desk.records import Counted
from sendlib.linking.fields import WAYS

_FIELDS = {"forename": "Forename", "surname": "Surname", "dob": "Date of birth", "postcode": "Postcode"}
_STYLE = """body{font:16px/1.5 Helvetica,Arial,sans-serif;max-width:54rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
h2{margin-top:2rem}table{border-collapse:collapse;margin:1.2rem 0;width:100%}caption{text-align:left;font-weight:bold}
th,td{border-bottom:1px solid #b1b4b6;padding:.25rem .75rem .25rem 0;text-align:left}
th{font-weight:normal}td.n{text-align:right}
.big{font-size:2.2rem;font-weight:bold;margin:0}"""
Row = tuple[str, str, str]
"""Part of the report, what is told, and the number in words."""


def as_csv(quality: Quality) -> bytes:
    """All numbers of the report, a row each."""
    stream = io.StringIO()
    made = csv.writer(stream, lineterminator="\r\n")
    made.writerow(["Part", "What", "Number"])
    made.writerows([harmless(cell) for cell in row] for row in rows(quality))
    return stream.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what a list has in it may begin like one."""
    return f"'{cell}" if cell.startswith(("=", "@")) else cell


def rows(quality: Quality) -> Iterator[Row]:
    """The numbers of the report."""
    for what, number in _of_links(quality):
        yield "Links", what, number
    for group in quality.groups:
        yield f"Match rate by {group.column}", group.name, _of_group(group)
    yield from _of_bands(quality)
    yield from _chosen(quality)
    for side, counted in (("Left list", quality.left), ("Right list", quality.right)):
        for what, number in _of_list(counted):
            yield side, what, number
    for field, agreements in quality.agreement.items():
        for words, count in agreements.items():
            yield f"Links by agreement: {field}", words, written(count)
    for field, words, weight in quality.weights:
        yield f"Weights learnt: {field}", words, written(weight, 1, signed=True)


def _of_bands(quality: Quality) -> Iterator[Row]:
    above = ""
    for edge, count in quality.bands.items():
        yield "Links by certainty", f"{edge:g} or more{above}", written(count)
        above = f", below {edge:g}"


def _chosen(quality: Quality) -> Iterator[Row]:
    chosen = quality.chosen
    yield "Chosen", "Compared on", {"duckdb": "DuckDB", "spark": "Spark"}[chosen.engine]
    yield "Chosen", "How the lists are read", WAYS[chosen.way]
    yield "Chosen", "Certainty that a link needs", f"{chosen.certainty:g}"


def _of_list(counted: Counted) -> Iterator[tuple[str, str]]:
    yield "File", counted.name
    yield "Read as", counted.read_as
    yield "Records", written(counted.records)
    for name, words in _FIELDS.items():
        if name == "postcode" and not counted.has_postcode:
            yield words, "no such column: not compared"
            continue
        yield f"{words}: empty", written(counted.empty[name])
        wrong = counted.unreadable[name]
        first = ", ".join(map(str, counted.rows.get(name, [])))
        yield f"{words}: could not be read", f"{written(wrong)} (first in rows {first})" if wrong else "0"


def _of_links(quality: Quality) -> Iterator[tuple[str, str]]:
    links = quality.links
    yield "Linked", written(links)
    yield "Match rate of the left list", percent(100 * links / quality.left.records)
    yield "Match rate of the right list", percent(100 * links / quality.right.records)
    yield "Not linked in the left list", written(quality.left.records - links)
    yield "Pairs to look at", written(quality.to_look_at)
    yield "Wrong links, if the certainties are right", f"about {written(quality.doubtful, 1)}"


def _of_group(group: Group) -> str:
    if group.records is None or group.linked is None or group.rate is None:
        return f"fewer than {FEW} records"
    return f"{percent(group.rate)} ({written(group.linked)} of {written(group.records)})"


def as_html(quality: Quality) -> bytes:
    """The report as a page to read and print. It holds no name, no date of birth, no postcode and no identifier."""
    links = quality.links
    parts: dict[str, list[tuple[str, str]]] = {}
    for part, what, number in rows(quality):
        parts.setdefault(part, []).append((what, number))
    tables = "".join(_table(part, held) for part, held in parts.items())
    page = f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Linkage: quality report</title>
<style>{_STYLE}</style></head><body><h1>How well were two lists linked?</h1>
<p class="big">{percent(100 * links / quality.left.records)}</p>
<p>{written(links)} of {count_of(quality.left.records, "record", "records")} in {escape(quality.left.name)} are linked
to a record in {escape(quality.right.name)}. Each record is linked once or not at all.</p>
<h2>What this cannot tell</h2><ul>
<li>Whether a link is right. Look at a sample of pairs, by hand, from each band of certainty.</li>
<li>Who is missed and why, unless you compare those linked with those who are not. In Bedford the first
trace missed children with hyphenated surnames.</li>
<li>Pairs to look at are at least {LOOK_FROM:g} certain and no link: they are not certain enough, or two are as
good.</li></ul>
<p>This report holds no name, date of birth, postcode or identifier; pairs.csv holds identifiers and is as confidential
as your lists. A group of fewer than {FEW} records is not counted out.</p>
<h2>The numbers</h2>{tables}</body></html>"""
    return page.encode("utf-8")


def _table(part: str, held: list[tuple[str, str]]) -> str:
    cells = "".join(f'<tr><th scope="row">{escape(what)}</th><td class="n">{escape(n)}</td></tr>' for what, n in held)
    return f"<table><caption>{escape(part)}</caption><tbody>{cells}</tbody></table>"
