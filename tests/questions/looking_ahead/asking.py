"""How the tests ask, and all that an answer says."""

from sendlib.answer import MODES
from sendlib.compared.comparators import DEFAULT
from sendlib.questions import looking_ahead
from sendlib.tables.life_limiting_reading import RESIDENTS_HEADER

NO_RESIDENTS = f"{','.join(RESIDENTS_HEADER)}\n".encode()
REGIONS = [
    "E12000001",
    "E12000002",
    "E12000003",
    "E12000004",
    "E12000005",
    "E12000006",
    "E12000007",
    "E12000008",
    "E12000009",
]
KNOWN = {
    # Worked out by other code, straight from the publishers' files: 2022-based population; now, published low,
    # published high.
    "879": (390, 385, 485),
    "857": (55, 55, 70),
    "303": (415, 410, 515),
    "380": (1035, 1020, 1280),
    "E12000001": (4000, 3900, 4900),
    "E12000007": (14100, 13900, 17500),
}


def ask(store, area, comparators=DEFAULT, *, evidence=None, **asked):
    """The answer with what was asked for, as it stands in an address."""
    return looking_ahead.ask(store, area, comparators, asked, evidence=evidence)


def lines(texts, mode="explore"):
    return [text.in_mode(mode) for text in texts if text.in_mode(mode)]


def everything_said(answer, table=None):
    """All notes of an answer or beside a table, and how its pictures are to be read, in one text of all modes."""
    notes = [note.text for note in answer.notes if table in (None, note.about)]
    read = [held.how_to_read for name, held in answer.tables.items() if table in (None, name)]
    return " ".join(words for mode in MODES for words in lines([*read, *notes], mode))


def beside_the_lead(answer, mode="explore"):
    return lines([note.text for note in answer.notes_about("fan")], mode)


def all_words(answer):
    """Every sentence, label and caption that any mode has."""
    texts = [answer.title, answer.headline, *answer.cannot_tell, *answer.could_change]
    texts += [note.text for note in answer.notes]
    texts += [text for table in answer.tables.values() for text in (table.caption, table.how_to_read)]
    texts += [text for figure in answer.figures for text in (figure.label, figure.comparison, figure.detail)]
    return [words for text in texts for mode in MODES if (words := text.in_mode(mode))]
