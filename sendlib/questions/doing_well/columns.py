"""The columns that several tables of Doing well share, each with one meaning.

A figure of the area, of those compared and of England is a column of its own in some tables and a
row of its own in others (`AREA_OR_MEAN` says whose): a value of the second kind is never headed
by one of the three.
"""

from __future__ import annotations

from dataclasses import replace

from sendlib.answer import Column
from sendlib.compared.comparators import Comparators
from sendlib.questions.doing_well import plainly

STATUS = Column(
    "Status",
    "value where there is a figure, else why there is none: hidden, not available or not applicable",
    only_in_files=True,
)
AREA_OR_MEAN = Column(
    "Area or mean", "whose figure it is: the area's, the plain mean of those compared, or England's", whose="row"
)
OF_HOW_MANY = Column(
    "Of how many areas",
    "how many of those compared have a figure, of how many; no mean is given where fewer than half or fewer than"
    " three have one",
    analysts_only=True,
)
KNOWN, COMPARED, WITHOUT = "areas_known", "areas_compared", "areas_without"
OF_THE_MEAN = {
    "compared_areas": OF_HOW_MANY,
    KNOWN: Column(
        "Areas with a figure", "how many of those compared have a figure that counts", "areas", 0, only_in_files=True
    ),
    COMPARED: Column(
        "Areas compared", "how many areas are compared; nought in a row of no mean", "areas", 0, only_in_files=True
    ),
    WITHOUT: Column(
        "Areas without a figure",
        "who of those compared has no figure and why, where that is why there is no mean",
        only_in_files=True,
    ),
}
"""How many areas a mean is of. The numbers are there for sentences, the words for readers."""
REACHED = "what these children reach, in per cent of them; at key stage 4 a mean score"
YEAR_OF_REACHED = "school year of the figures; for what follows key stage 4 the one in which it ended"
"""What the tables of the stages say of what is measured and of its year."""


def under_its_name(column: Column, others: Comparators | None) -> Column:
    """A column of the mean, under the name of the one area where one alone is compared; in Families as an average."""
    if others is None:
        return column
    plain = plainly.average_heading(others)
    return replace(column, heading=others.label, plain=plain) if others.alone else replace(column, plain=plain)
