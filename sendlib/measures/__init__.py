"""Any measure that an answer holds, over time on My area and on the map of Places.

Which measures there are follows from the columns of the questions' own tables (`Column.measure`); no second list is
kept. A question with a measure of another in it is asked here: `registry` finds the measures of an answer, `picking`
reads which one a reader picked, `over_time` and `on_map` put it into the answer.
"""

from __future__ import annotations

from sendlib.answer import Answer, Asked, Question
from sendlib.areas import Area
from sendlib.measures import asking, on_map, over_time
from sendlib.questions import my_area, places
from sendlib.store import Store


def ask(store: Store, question: Question, area: Area, versus: str, asked: Asked) -> Answer:
    """The answer of a question, with the measure that a reader picked where the question offers any.

    `store` need not have rows of the area yet. Raises UnknownChoice, UnknownArea, NoData and SnapshotDamaged.
    """
    if question.name == my_area.QUESTION.name:
        return over_time.ask(store, area, versus, asked)
    if question.name == places.QUESTION.name:
        return on_map.ask(store, area, versus, asked)
    # Kept, since a board, a measure over time and what changed are taken from the same answer; but not of a question
    # whose files may be edited by hand while the app runs.
    if not asked and question.name in over_time.PAGES:
        return asking.answer_of(store, question.name, area, versus)
    return asking.plainly(store, question, area, versus, asked)
