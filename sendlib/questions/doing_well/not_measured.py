"""What the documents that this page began from ask for and nobody measures: named as gaps, each with who would know.

The documents: Data Bulletin 2 of the Council for Disabled Children (2020), its logic model and list of indicators
(2017/18), and the summary of a scoping event on SEND in Lancashire (June 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Column, Table, Text

GAPS = "not_measured"
_BULLETIN = "Data Bulletin 2, Council for Disabled Children, 2020"
_MODEL = "Logic model and indicators, Council for Disabled Children, 2017/18"
_EVENT = "SEND scoping event, Lancashire, 2018"


@dataclass(frozen=True)
class Gap:
    """What is asked, where; what comes near it, here or elsewhere; and who would know."""

    asked: str
    where: str
    near: str
    who: str


HELD = (
    Gap(
        "Is the size of a family connected with SEND?",
        _EVENT,
        "Nothing is published by SEN and size of family.",
        "The council, where early help, admissions and SEN records are linked.",
    ),
    Gap(
        "What goes wrong early on, such as attachment?",
        _EVENT,
        "No count of attachment needs. Social, emotional and mental health is a primary need on the Needs page, and is"
        " not the same.",
        "Health visitors, perinatal and child mental health services, the virtual school of the council.",
    ),
    Gap(
        "Are children and families heard?",
        f"{_BULLETIN}; {_MODEL}",
        "DfE asked once, in 2016 (see the five outcomes).",
        "The parent-carer forum, the SENDIAS service, the council's own surveys and complaints.",
    ),
    Gap(
        "Are children happy, and do they have friends?",
        f"{_BULLETIN}; {_MODEL}",
        "We know of no national measure by SEN.",
        "Children themselves; schools that ask all pupils about wellbeing; youth groups.",
    ),
    Gap(
        "Why do some parents and carers not take part?",
        _EVENT,
        "Nothing is measured.",
        "The parent-carer forum, the SENDIAS service, voluntary and community groups.",
    ),
    Gap(
        "Who has a need that nobody has seen, or seen wrongly?",
        _EVENT,
        "Nothing is measured: a table has only those who were identified.",
        "Schools and nurseries (graduated approach), health visitors, paediatricians.",
    ),
    Gap(
        "How long is it from the first sign of a need to a plan?",
        _EVENT,
        "The twenty weeks on Getting help begin with the request, not with the first sign.",
        "The council and the NHS together, where records of both are linked.",
    ),
    Gap(
        "How complex are children's needs?",
        _EVENT,
        "A primary need says which, and not how much.",
        "Community services of the NHS (Community Services Data Set), special schools, the council's panel.",
    ),
    Gap(
        "Who pays for help themselves and is in no table?",
        _EVENT,
        "Nothing is measured.",
        "Families, the parent-carer forum, independent providers.",
    ),
    Gap(
        "What do children reach in independent special schools beside other special schools?",
        _EVENT,
        "Outcomes are not published by type of special school for an authority.",
        "The council, which places the children, and their annual reviews.",
    ),
    Gap(
        "Do adults who had SEN use social care more than others?",
        _EVENT,
        "It needs linked records. See Joining up.",
        "The council's adult and children's services, with the NHS.",
    ),
    Gap(
        "How many adults with a learning disability have paid work?",
        _MODEL,
        "It is published for adults whom councils support (ASCOF), and is not held here.",
        "The council's adult social care.",
    ),
)
COLUMNS = {
    "asked": Column("What was asked", "the question as the document asks it, in short"),
    "near": Column("What comes near", "what is published that comes near it, or that nothing is"),
    "who": Column("Who would know", "who here might know, or could find out"),
    "where": Column("Asked in", "the document that asks it"),
}


def tables() -> dict[str, Table]:
    """The gaps, the same for every area."""
    rows = pd.DataFrame([(gap.asked, gap.near, gap.who, gap.where) for gap in HELD], columns=list(COLUMNS))
    caption = Text("What was asked and nobody measures, the same for every area, each with who would know")
    return {GAPS: Table(rows, caption, COLUMNS, (), "Not measured, and who would know")}
