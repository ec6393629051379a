"""What is published beside the rates that the page works with, as lists to read: other nations and studies,
deprivation, survival and deaths, the diagnoses that count, and what would be needed to say how complex needs are.

All of it is for analysts: deaths stand in no other mode.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendlib.answer import Table, Text
from sendlib.answer.numbers import written
from sendlib.questions.looking_ahead import columns_published as columns
from sendlib.questions.looking_ahead import sources
from sendlib.store import Store, kept_with_store
from sendlib.tables import life_limiting
from sendlib.tables.life_limiting import DEATHS, Evidence
from sendlib.tables.life_limiting_codes import CHAPTERS

_ORDER = list(columns.ELSEWHERE)


@kept_with_store(4, of_base=True)
def tables(store: Store, evidence: Evidence) -> Mapping[str, Table]:
    """The lists, which are the same for every area; that of diagnoses only where the store has it. Read-only."""
    held = life_limiting.elsewhere().assign(
        number=lambda rows: rows["value"],
        value=lambda rows: [written(value, 0 if value == round(value) else 1) for value in rows["value"]],
        source=lambda rows: [evidence.facts["sources"][key]["title"] for key in rows["source"]],
    )
    deaths = held["topic"].eq(DEATHS)
    found = {
        "survival": Table(
            held.loc[deaths, [name for name in _ORDER if name != "topic"]].reset_index(drop=True),
            Text("What is published of deaths, England", families="Other published figures, England"),
            columns.SURVIVAL,
            ("life_limiting_survival",),
            heading="Deprivation, survival and deaths",
            how_to_read=Text(survival(evidence), show=None, families=None),
        ),
        "elsewhere": Table(
            held.loc[~deaths, _ORDER].reset_index(drop=True),
            Text("What is published of other nations, other ages and older years"),
            columns.ELSEWHERE,
            ("life_limiting_elsewhere",),
            heading="Other nations and other studies",
            how_to_read=Text(
                "Each row is a figure as its document has it. They count different children in different ways, so none"
                " is joined to the rates above; the study has numbers of every UK nation and English region, which"
                " could not be read."
            ),
        ),
        "complexity": _complexity(evidence),
    }
    return {**found, "codes": _codes(store, evidence)} if sources.CODES in store.tables else found


def survival(evidence: Evidence) -> str:
    """What the bulletin says of deprivation, survival and deaths."""
    facts = evidence.facts["deaths"]
    return (
        f"{evidence.facts['deprivation']['text']} Of the children with a life-limiting condition {facts['during']:g}%"
        f" died during the {facts['years']} years of the study, {facts['before_20']:g}% before they were 20."
        f" {facts['text']}"
    )


def _complexity(evidence: Evidence) -> Table:
    facts = evidence.facts["complexity"]
    rows = [(one["what"], one["why"], "Community Services Data Set (CSDS)", "No") for one in facts["needed"]]
    return Table(
        pd.DataFrame(rows, columns=list(columns.COMPLEXITY)),
        Text("What would be needed to say how complex needs are, and where it could be held"),
        columns.COMPLEXITY,
        ("life_limiting_complexity",),
        heading="How complex are the needs?",
        how_to_read=Text(
            f"Not available. {facts['text']} {facts['hope']} {facts['survey']} What is published each month counts"
            f" referrals, people and contacts by age, board and provider, and not how complex needs are: in"
            f" {facts['month']} {facts['providers']} providers sent data, {facts['with_referrals']} of them with"
            " referrals. Who would know: the providers of community services, and the health board that pays them."
        ),
    )


def _codes(store: Store, evidence: Evidence) -> Table:
    held = store.table(sources.CODES).astype({"chapter": str})
    names = {chapter: name for chapter, (_, _, name) in CHAPTERS.items()}
    rows = pd.DataFrame(
        [
            (
                names[chapter],
                len(codes),
                "; ".join(f"{row.code} {row.description}" for row in codes.itertuples(index=False)),
            )
            for chapter, codes in held.groupby("chapter", sort=False)
        ],
        columns=list(columns.CODES),
    )
    return Table(
        rows,
        Text("Diagnoses by which children are found in hospital records, ICD-10"),
        columns.CODES,
        (sources.CODES,),
        heading="Which diagnoses count",
        how_to_read=Text(
            f"{evidence.facts['in_full']['text']} A child counts whose hospital record holds one of {len(held)} codes"
            f" of {len(rows)} chapters of ICD-10. The list gives no number without those records, and does not say how"
            " ill a child is. It is that of the study of 2012; whether the study of 2020 changed it could not be read.",
            show=None,
            families=None,
        ),
    )
