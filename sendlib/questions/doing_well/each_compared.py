"""Each of those compared: what children with SEND reach there at each stage, and how far the others are ahead."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sendlib.answer import COMPARED, OWN, WHOLE, Column
from sendlib.areas import ENGLAND, Area
from sendlib.compared import means
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well.columns import REACHED, STATUS, YEAR_OF_REACHED
from sendlib.questions.doing_well.outcome_cube import cube
from sendlib.questions.doing_well.stages import gap_places
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

COLUMNS = {
    "area_code": Column("Area (code)", "code of the area, three digits of an authority", only_in_files=True),
    "area": Column("Area", "the area, below it each of those compared, and England"),
    "whose": Column("Whose", "this area, one of those compared, or England"),
    "stage": Column("Stage", "stage of a child's education, in the order of age"),
    "what": Column("What is measured", REACHED),
    "pupils_with": Column("SEN status", "which children with SEND: those with an EHC plan, or those with SEN support"),
    "measured_in": Column("School year", YEAR_OF_REACHED, period=True),
    "compared_group": Column(
        "Set against",
        "whom they are set against: children with no identified SEN, or all children where there are no such figures",
    ),
    "reached": Column(
        "Per cent or score", "per cent of these children who reach it; at key stage 4 their mean score", decimals=1
    ),
    "gap": Column(
        "Gap",
        "the figure of the children they are set against, less that of these children",
        "points",
        1,
        measure="Gap at {stage}, {pupils_with} (set against: {compared_group}), {measured_in}",
    ),
    "status": STATUS,
}


def each(store: Store, area: Area, others: Comparators | None) -> pd.DataFrame:
    """A row for each area, stage and group with SEND; columns COLUMNS.

    Areas with too few children have no figure by SEN here, as in every comparison.
    """
    compared = others.codes if others else ()
    codes = list(dict.fromkeys([area.code, *compared, ENGLAND]))
    with_send, beside, words = gap_places(store)
    reached, why = cube(store).each(codes, with_send)
    set_against, why_beside = cube(store).each(codes, beside)
    gap = (set_against - reached).round(5)
    names, rows = known_areas(store).names, pd.DataFrame(words)
    whose = [OWN if code == area.code else WHOLE if code == ENGLAND else COMPARED for code in codes]
    frame = pd.DataFrame(
        {
            "area_code": np.repeat(codes, len(rows)),
            "area": np.repeat([names[code] for code in codes], len(rows)),
            "whose": np.repeat(whose, len(rows)),
            "reached": reached.ravel(),
            "gap": gap.ravel(),
            "status": means.statuses(gap.ravel(), list(np.where(why == VALUE, why_beside, why).ravel()), NOT_AVAILABLE),
        }
    )
    for name in rows:
        frame[name] = np.tile(rows[name].to_numpy(), len(codes))
    return frame[list(COLUMNS)]
