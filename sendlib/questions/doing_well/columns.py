"""The columns that several tables of Doing well share, each with one meaning.

A figure of the area, of those compared and of England is a column of its own in some tables and a
row of its own in others (`AREA_OR_MEAN` says whose): a value of the second kind is never headed
by one of the three.
"""

from __future__ import annotations

from sendlib.questions.answer import Column

STATUS = Column(
    "Status",
    "value where there is a figure, else why there is none: hidden, not available or not applicable",
    only_in_files=True,
)
AREA_OR_MEAN = Column("Area or mean", "whose figure it is: the area's, the plain mean of those compared, or England's")
OF_HOW_MANY = Column(
    "Of how many areas",
    "how many of those compared have a figure, of how many; where fewer than half have one there is no mean",
    analysts_only=True,
)
REACHED = "what these children reach, in per cent of them; at key stage 4 a mean score"
YEAR_OF_REACHED = "school year of the figures; for what follows key stage 4 the one in which it ended"
"""What the tables of the stages say of what is measured and of its year."""
