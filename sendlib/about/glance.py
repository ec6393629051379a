"""What About the data says first: three sentences, in each mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sendlib.answer import Text
from sendlib.answer.numbers import listed
from sendlib.provenance import spoken_date
from sendlib.store import TableInfo

_NAMED = 3
"""Publishers that are named, those of most tables first."""


def sentences(infos: Sequence[TableInfo]) -> tuple[Text, ...]:
    """What it is and where from, how new, and what is missing: all that a shared screen has of this page beside the
    calendar."""
    sources = [source for info in infos for source in info.sources]
    tables = Counter(publisher for info in infos for publisher in {source.publisher for source in info.sources})
    first = listed([name for name, _ in tables.most_common(_NAMED)])
    publications = len({source.publication for source in sources})
    # A publication of which only the month or the year is known can not be told to be the newest.
    dated = [one for one in sources if len(one.published or "") == len("2025-01-01")]
    newest = max(dated, key=lambda one: one.published or "", default=None)
    said = [
        Text(
            f"Published figures on children and young people with SEND in England: {len(infos)} tables from"
            f" {publications} publications, most of them of the {first}.",
            families=f"These are public figures about children with SEND in England. They come from {publications}"
            " public sources.",
        )
    ]
    if newest:
        said.append(_how_new(newest.publication, spoken_date(newest.published or "")))
    said.append(
        Text(
            "What a source does not hold is said to be missing; it is never shown as zero, and nothing is estimated to"
            " fill a gap.",
            families="If a number is missing, we say so. We never show it as zero, and we never guess it.",
        )
    )
    return tuple(said)


def _how_new(publication: str, day: str) -> Text:
    return Text(
        f"The newest publication held is of {day} ({publication}); others are older, and each page says the date of its"
        " figures.",
        families=f"The newest came out on {day}. Many are older. Each page says how old its figures are.",
    )
