"""What a question gives back, and what an answer is made of. Everything that a reader sees of an answer is in it.

- `text`: words in three modes, the only way in which words differ by mode;
- `numbers`: numbers, lists and counts as they stand in a sentence;
- `table`: a table, what each of its columns is, and the table as one reads it;
- `choice`: what a reader can choose, as a control on a page, a part of the address and an option of the command line;
- `model`: `Figure`, `Note` and the `Answer` that holds all of it;
- `citing`: which sources stand behind what is shown;
- `card`: a few lines that stand by themselves, with links;
- `missing`: naming what is not shown, and why;
- `question`: what a question is;
- `glossary`: words that need explaining, and where a text says one.
"""

from sendlib.answer.card import Card, Link
from sendlib.answer.choice import NOTHING_ASKED, Asked, Choice, Limits, Offered, as_code
from sendlib.answer.model import DOUBTFUL, FULL, NOBODY, NOT_SHOWN, TOO_FEW, Answer, Figure, Note, State, Verdict
from sendlib.answer.question import Question
from sendlib.answer.table import COMPARED, OWN, WHOLE, Column, Table
from sendlib.answer.text import MODES, Mode, Text

__all__ = [
    "COMPARED",
    "DOUBTFUL",
    "FULL",
    "MODES",
    "NOBODY",
    "NOTHING_ASKED",
    "NOT_SHOWN",
    "OWN",
    "TOO_FEW",
    "WHOLE",
    "Answer",
    "Asked",
    "Card",
    "Choice",
    "Column",
    "Figure",
    "Limits",
    "Link",
    "Mode",
    "Note",
    "Offered",
    "Question",
    "State",
    "Table",
    "Text",
    "Verdict",
    "as_code",
]
