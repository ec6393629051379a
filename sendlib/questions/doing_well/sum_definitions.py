"""Three ways to count those with an EHC plan who are not in a setting, not being educated, or waiting.

Named as the issue names them. "Not in a setting" is what the bulletin itself calls its result:
"21,372 children and young people with EHC plans were not in an education setting in January 2020"
(Data Bulletin 2 of the Council for Disabled Children). It is its adjusted total, step by step:
12,673 educated elsewhere, 8,108 NEET and 2,329 other, less the 1,738 who await provision but are
in education. So the bulletin's total is not a fourth way to count; its 12,673 is a step of it.

Many of those are educated, at home or by arrangement, so "not in a setting" is never called "not
in education". "Not being educated" is the narrow reading: awaiting provision and not in education
(3,229 in January 2020), with NEET (8,108): 11,337, or 2.9 % of all plans.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """What is said of those counted after "12 with a plan ...": of several, of one, and after "none of the 40"."""

    many: str
    one: str
    none: str


def _were(what: str, none: str = "were") -> Verb:
    return Verb(f"were {what}", f"was {what}", f"{none} {what}")


@dataclass(frozen=True)
class Definition:
    """One way to count.

    `name`: in a list to choose from. `words`: what it counts, in plain words. `figure`: its name
    over a number, by exactly what is counted; `brief_figure` the same on a shared screen, `plain_figure` in
    Families. `verb` and `plain`: what is said of
    those counted, in the words of the trade and for families. `aside`: what families
    read under the number.
    """

    name: str
    words: str
    figure: str
    verb: Verb
    plain: Verb
    plain_figure: str
    brief_figure: str
    aside: str = ""


NOT_IN_SETTING, NOT_BEING_EDUCATED, WAITING = "not_in_setting", "not_being_educated", "waiting"
# "None were not in a setting" would say no twice.
_COUNTED_AS = "were counted as"
DEFINITIONS = {
    NOT_IN_SETTING: Definition(
        "Not in an education setting",
        "The adjusted total of Data Bulletin No. 2 of the Council for Disabled Children (2020): permanently excluded,"
        " arrangements by the authority or by parents, home education and awaiting"
        " provision (DfE's 'educated elsewhere'), with those not in education, employment or training (NEET) and other"
        " placements, less"
        " those who wait but are in education. Many of them are educated, at home or by arrangement: not in a setting"
        " is not the same"
        " as not in education.",
        "In no school, college or nursery, home-educated children among them",
        _were("not in an education setting", _COUNTED_AS),
        _were("in no school, college or nursery", _COUNTED_AS),
        "With a plan and in no school, college or nursery, or taught at home",
        "In no setting, or taught at home",
        "Those taught at home may well be learning.",
    ),
    NOT_BEING_EDUCATED: Definition(
        "Not being educated",
        "The narrow reading: awaiting provision and not in education meanwhile, and not in education, employment or"
        " training (NEET)."
        " Home education, arrangements by the authority or by parents, permanent exclusions and other placements are"
        " not in it.",
        "Waiting without education, or not in education, work or training",
        _were("waiting without education, or not in education, employment or training"),
        Verb(
            "were waiting without any education, or not in education, work or training",
            "was waiting without any education, or not in education, work or training",
            "were waiting without any education, or counted as not in education, work or training",
        ),
        "With a plan and waiting without education, or not in education, work or training",
        "Not being educated",
    ),
    WAITING: Definition(
        "Waiting for provision",
        "Awaiting provision, whether in education meanwhile or not.",
        "Waiting for provision, some of them in education meanwhile",
        Verb("waited for provision", "waited for provision", "waited for provision"),
        _were("waiting for a place"),
        "With a plan and waiting for a place, some of them in education meanwhile",
        "Waiting for provision",
    ),
}
DEFAULT = NOT_IN_SETTING
OLD_CODES = {"not_educated": NOT_IN_SETTING}
"""Codes of earlier addresses -> what shows the same sum today."""

EXACT, RANGE, AT_LEAST, UNKNOWN = "exact", "range", "at least", "unknown"

IN_EDUCATION_STEP = "awaiting_in_education"
NO_PLACEMENT_STEP = "no_placement"
