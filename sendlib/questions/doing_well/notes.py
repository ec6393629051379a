"""What a reader should know on Doing well: beside each picture, and among the definitions.

Kinds `definition`, `break`, `missing` and `caution` are those of every page; the others name the
picture that they stand beside, `picture` in every mode and `picture_show` and so on in one.
"""

from __future__ import annotations

import pandas as pd

from sendlib.areas import ENGLAND, Area
from sendlib.questions import means, missing
from sendlib.questions.answer import Note, count_of, listed
from sendlib.questions.comparators import Comparators, known_areas
from sendlib.questions.doing_well import closer, show_the_sum, stages, stages_over_time
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.not_in_education import Calculation
from sendlib.questions.doing_well.sum_definitions import DEFINITIONS, NOT_BEING_EDUCATED, NOT_IN_SETTING, WAITING
from sendlib.store import Store
from sendlib.tables import periods
from sendlib.tables.outcomes import YEARS_WITHOUT_TESTS
from sendlib.tables.symbols import NOT_AVAILABLE

_DEFINITIONS = (
    "A gap is the figure of children without identified SEN less that of children with an EHC plan, or with SEN support, of the same area and school year. Above zero, children with SEND reach it less often.",
    "A gap is narrow where children with SEND reach more, and also where the others reach less: look at both figures before you call a narrow gap good.",
    "LAIT has no figure of early years for children without SEN, so there the gap is to all children, who include those with SEN: it looks smaller than it is.",
    "At key stage 4 the gap is in points of the Attainment 8 score (up to 90), elsewhere in percentage points: compare areas within a stage, not stages with each other.",
    "Level 2 is as much as five GCSEs at grade 4 or above, level 3 as much as two A levels; other qualifications of that level count as well.",
    "After key stage 4 the school year is the one in which young people finished key stage 4; the two terms are in the school year after it.",
    "'Wider' and 'narrower' say how a gap stands to the mean of those compared. A gap that differs from it by less than 5%, or by less than 2 points, is called about the same. No law or agreed standard says how wide a gap may be.",
    "LAIT, the source shipped here, gives absence and suspensions for all pupils of a kind of school. DfE publishes them by SEN elsewhere (Explore Education Statistics), which is not in this snapshot. Nearly all pupils of special schools have a plan, but most pupils with a plan go elsewhere. A pupil can be suspended more than once.",
    "Where LAIT has no absence of an area's special schools, its nought of their suspensions and exclusions is not available here: there may be no such school.",
    "Absence is all absence: illness and medical appointments are in it as well as absence without leave. No law or agreed standard says how much of it, or how many suspensions, there should be.",
    "A mean of those compared leaves out those without a figure and says of how many it is; a mean of fewer than half of them is not given. The mean of a range is the mean of the lower ends to the mean of the upper ends.",
)  # fmt: skip
_PICTURE = {
    "picture_show": f"No tests in {' and '.join(YEARS_WITHOUT_TESTS)}. A narrow gap can also mean that other children reach less.",
    "picture_explore": "To the right, children with SEND reach it less often than children without SEND in the same area; on the left of nought, more often."
    " A gap can be narrow because children with SEND reach more, and because the others reach less."
    " Early years are set against all children, because LAIT has no figure for children without SEND. Key stage 4 is in points of a"
    " score: compare areas within a stage, not stages with each other.",
    "picture_families": "The farther a mark stands to the right, the fewer children with SEND get there, next to other children in the same area."
    " A small gap is not always good news: it can also mean that the other children do less well."
    " In early years the others are all children, as our source has no figure for only those without SEND. The score of key stage 4 (GCSEs) goes up to 90, so its gap is not out of 100."
    " Level 2 is as much as five GCSEs, level 3 as much as two A levels; phonics is reading words by their letters and sounds.",
}  # fmt: skip
_BESIDE = {
    "sum_by_january": "The collection changed in January 2019 and again in January 2023, where the upright lines stand. Do not compare January 2023 and after with"
    " January 2022 and before; 2019 and after count young people not in education, employment or training, earlier years do not.",
    "destinations": "England only. These figures must not be set against those of the stages above, which were worked out again later without authorities' own tracking."
    " Young people with a primary need are counted among those with SEN as well.",
    "home_education": "Only children with an EHC plan: how many children with SEN support are educated at home is in no source shipped here.",
    "five_outcomes": "The five were named by the parent-carer forum of Bedford Borough, which asks families about them every year. An empty tile does not mean"
    " that it matters less: it means that we know of no national measure.",
    "survey": "They go to the computer that runs this app and stay in its memory for this visit only; a reload or closing the page loses them.",
}  # fmt: skip
_SIMILAR = (
    "The similar areas are those that the Department for Education lists as the most like this one: its statistical neighbours, wherever in England they are."
)
NO_PICTURE = "No picture is drawn of so few children."


def too_few(area: Area) -> str:
    """What is not shown, drawn or compared where there are too few children."""
    name = wording.place(area)
    return (
        f"{name[0].upper()}{name[1:]} has so few children with SEND that a rate may be that of one child or two. Its rates by SEN, and how many"
        " with a plan are in no setting, wait or are educated at home, are hidden, no picture of them is drawn, and nothing is compared with other authorities."
    )


def notes(
    store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame, own: Calculation | None, january: str, definition: str, few: bool,
) -> tuple[Note, ...]:  # fmt: skip
    """Every note, in the order in which they are read."""
    found = [
        *(Note("definition", text) for text in _DEFINITIONS),
        Note("break", stages.years_without_tests()),
        *(Note("break", text) for name in ("outcomes", "care", "destinations", "elsewhere", "placements") for text in store.info(name).breaks),
        *(Note("break", text) for text in stages.provisional(store)),
        *_of_sum(store, area, own, january, definition),
        *(Note(kind, text) for kind, text in _BESIDE.items()),
        Note("care", _all_pupils(store)),
    ]
    if few:
        return (*found, Note("caution", too_few(area)))
    found += _beside_the_picture(store, others, gaps)
    found += [Note(kind, text) for kind, text in _PICTURE.items()]
    if others and others.short == "neighbours":
        found.append(Note("picture_families", _SIMILAR))
    found += [Note(kind, stages.years_without_tests()) for kind in ("picture_explore", "picture_families")]
    found += [Note("picture_explore", text) for text in _not_drawn(area, others, gaps)]
    if others and others.caution:
        found.append(Note("caution", others.caution))
    if caution := stages_over_time.few_at_an_age(store, area, gaps):
        found.append(caution)
    if own is None:
        found.append(Note("missing", f"{area.name} had no EHC plans of its own in {periods.spoken(january)}, so there is no sum for it."))
    if area.valid_from > sums.januaries(store)[0] and (begun := stages.before(store, area)):  # nothing shown is earlier
        found.append(Note("missing", begun))
    return tuple(found)


def _beside_the_picture(store: Store, others: Comparators | None, gaps: pd.DataFrame) -> list[Note]:
    """The largest difference where most gaps are about as wide as among those compared, and what is provisional."""
    count = stages.widths(gaps)
    largest = wording.largest(gaps, others) if others and count.same > count.compared / 2 else None
    return [*([largest] if largest else []), *(Note("picture", text) for text in stages.provisional(store))]


def _not_drawn(area: Area, others: Comparators | None, gaps: pd.DataFrame) -> list[str]:
    """Rows without a mark and means that are not of all: everything that the picture leaves out."""
    rows = [f"{stage} ({whose})" for stage, whose in zip(gaps["stage"], gaps["pupils_with"], strict=True)]
    found = missing.named(wording.place(area), zip(rows, gaps["status"], strict=True))
    if others:
        blank = [(row, NOT_AVAILABLE) for row, mean in zip(rows, gaps["comparator_gap"], strict=True) if mean != mean]
        found += missing.named(f"the mean of {others.label}", blank)
        found.append(means.sentence(rows, list(gaps["compared_areas"])))
    return [text for text in found if text]


def _all_pupils(store: Store) -> str:
    shares = closer.all_pupils(store)
    return f"Of all pupils in England {shares['EHC plan or statement']:.1f}% had an EHC plan or statement and {shares['SEN support']:.1f}% SEN support in that year."


def _of_sum(store: Store, area: Area, own: Calculation | None, january: str, definition: str) -> list[Note]:
    """What is counted, what the January can give, and whose placements are missing."""
    found = [Note("sum", DEFINITIONS[definition].words), *(Note("sum", text) for text in (own.says if own else ()))]
    for code, whose in {area.code: area, ENGLAND: known_areas(store).wider[ENGLAND]}.items():
        if unsent := show_the_sum.without_placements(store, whose, january):
            found.append(Note("sum", _unsent_words(known_areas(store).names[code], unsent, january, definition)))
    return found


def _unsent_words(place: str, unsent: dict[str, int], january: str, definition: str) -> str:
    """Which authorities are missing from the placements of England or a region, and where their plans are then."""
    named = listed([f"{name} ({count_of(plans, 'plan', 'plans')})" for name, plans in unsent.items()])
    where = {
        NOT_IN_SETTING: "Their plans are counted in all plans and only in the upper end of the range.",
        NOT_BEING_EDUCATED: "Their plans are counted in all plans and only in the upper end of the range.",
        WAITING: "Their plans are counted in all plans.",
    }[definition]
    return f"{place}: no placements are available for {named} in {periods.spoken(january)}. {where}"
