"""What About the data says in sentences, in each mode: what this is, and how far it can be used by everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sendlib.answer.text import Text
from sendlib.provenance import spoken_date
from sendlib.store import TableInfo

_NAMED = 3
"""Publishers that are named, those of most tables first."""


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    texts: Sequence[Text]


def at_a_glance(infos: Sequence[TableInfo]) -> list[Part]:
    """What it is, where from, how new and what is missing: all that a shared screen has of this page."""
    sources = [source for info in infos for source in info.sources]
    tables = Counter(publisher for info in infos for publisher in {source.publisher for source in info.sources})
    first = ", ".join(name for name, _ in tables.most_common(_NAMED))
    publications = len({source.publication for source in sources})
    # A publication of which only the month or the year is known can not be told to be the newest.
    dated = [one for one in sources if len(one.published or "") == len("2025-01-01")]
    newest = max(dated, key=lambda one: one.published or "", default=None)
    return [
        Part(
            "What is it?",
            [
                Text(
                    "Published figures on children and young people with SEND in England, put together to be read"
                    " beside each other.",
                    families="Figures about children with SEND in England. They were put together here so that you can"
                    " compare areas.",
                )
            ],
        ),
        Part(
            "Where from?",
            [
                Text(
                    f"{len(infos)} tables from {publications} publications. Most tables are from: {first}.",
                    families=f"They come from {publications} public sources. Most are from these: {first}.",
                )
            ],
        ),
        Part("How new?", [_how_new(newest.publication, spoken_date(newest.published or ""))] if newest else []),
        Part(
            "What is missing?",
            [
                Text(
                    "What a source does not hold is said to be missing. It is never shown as zero, and nothing is"
                    " estimated to fill a gap.",
                    families="If a number is missing, we say so. We never show it as zero, and we never guess it.",
                )
            ],
        ),
    ]


def _how_new(publication: str, day: str) -> Text:
    return Text(
        f"Newest publication held: {publication}, {day}. Others are older; each page says the date of its figures.",
        families=f"The newest came out on {day}. Many are older. Each page says how old its figures are.",
    )


ACCESSIBILITY = (
    Part(
        "What was checked",
        [
            Text(
                "Automatic checks (axe, the rules of WCAG 2.2 levels A and AA) look through every page in each of the"
                " three ways of looking, for one area, with every part opened; some pages also in dark colours.",
                families="A program looks for barriers on every page. It uses the rules of WCAG 2.2, levels A and AA.",
            ),
            Text(
                "Choosing an area, opening parts, putting a table in order and naming areas in a picture were tried"
                " with the keyboard alone.",
                families="You can choose an area and open the parts of a page with a keyboard alone.",
            ),
            Text(
                "Enlarged to twice and four times, Explore's pages are not cut at the side.",
                families="You can make the page four times as large. Nothing is cut off at the side.",
            ),
        ],
    ),
    Part(
        "What was not checked",
        [
            Text(
                "No automatic check finds every barrier. It was not tried with screen readers, nobody with a"
                " disability was asked to test it, and nobody from outside has audited it. So it is not said to meet"
                " WCAG 2.2 AA.",
                families="A program does not find every barrier. We did not try a screen reader. No disabled people"
                " tested it for us. Nobody from outside has checked it.",
            )
        ],
    ),
    Part(
        "What is known not to work well",
        [
            Text(
                "Marks of a chart can not be reached one by one with the keyboard. Each chart has a description in"
                " words, and outside a shared screen a table under See the numbers.",
                families="You can not move through the marks of a chart with a keyboard. Open See the numbers for the"
                " same numbers in a table.",
            ),
            Text(
                "Without JavaScript nothing is shown.",
                families="The pages need JavaScript.",
            ),
            Text(
                "The publishers' own pages and files are not ours, and were not checked.",
                families="Other sites that we link to were not checked.",
            ),
        ],
    ),
)
"""What stands under Accessibility: only what tests of this project hold, and what nobody has looked at."""

TELL_US = Text(
    "The link at the end of the page leads to those who run this copy.",
    families="Did something get in your way? Use the link at the end of the page to tell us.",
)
TELL_WHOM = Text(
    "This copy names nobody to write to: please tell whoever gave you its address.",
    families="Did something get in your way? Please tell the person who gave you this link.",
)
"""What to do about a barrier, with and without an address that readers can write to."""
