"""What About says of accessibility and of faults: what was checked, what was not, and whom to tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendlib.answer import Text


@dataclass(frozen=True)
class Said:
    """A heading and what stands under it."""

    heading: str
    texts: Sequence[Text]


STATEMENT = (
    Said(
        "What was checked",
        [
            Text(
                "Automatic checks (axe, the rules of WCAG 2.2 levels A and AA) look through every page in Explore and"
                " in one of the two other ways of looking, for one area, with every part opened; at colours in light"
                " and in dark.",
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
    Said(
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
    Said(
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

WHAT_TO_SAY = Text(
    "A number that looks wrong, a sentence that is not true of your area, a page that does not work or that you can not"
    " use: please say which page (its address holds what was chosen), what you saw and what you expected. What a"
    " publisher has wrong is the publisher's to mend; each page names who that is.",
    families="Is a number wrong, or does a page not work for you? Please say which page, and what is wrong with it.",
)
"""What a report of a fault needs."""
TELL_US = Text(
    "The link at the end of the page leads to those who run this copy.",
    families="Did something get in your way? Use the link at the end of the page to tell us.",
)
TELL_WHOM = Text(
    "This copy names nobody to write to: please tell whoever gave you its address.",
    families="Did something get in your way? Please tell the person who gave you this link.",
)
"""What to do about a barrier, with and without an address that readers can write to."""
