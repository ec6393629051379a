"""How plainly words read: what the tests of Families and of a shared screen measure."""

import re

LONGEST_SENTENCE = 25
"""Words of a sentence for families."""
HIGHEST_GRADE = 8.0
"""Flesch-Kincaid grade of a page for families."""
SHOW_TITLE, SHOW_LABEL, SHOW_COMPARISON, SHOW_SOURCE = 68, 46, 88, 390
"""Letters on a shared screen: a title has one line, the words over a number one, those under it two, the line of
sources with what must be warned of three."""


def sentences(text):
    """The sentences of a text; a colon or a semicolon ends none, a point in a number or a short form neither."""
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])", text) if part.strip()]


def too_long(text):
    """The sentences of a text that have too many words for families."""
    return [one for one in sentences(text) if len(one.split()) > LONGEST_SENTENCE]


def grade(texts):
    """Flesch-Kincaid grade of all that a page says together; what ends without a full stop is a sentence too."""
    import textstat  # 0.7.4: later ones fetch a dictionary from the network

    said = " ".join(text.rstrip() if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}." for text in texts)
    return float(textstat.flesch_kincaid_grade(said))
