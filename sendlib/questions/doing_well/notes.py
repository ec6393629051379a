"""What a reader should know on Doing well: beside each picture, and among the definitions."""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import Note, Text
from sendlib.answer.numbers import capital, count_of, listed, written
from sendlib.areas import ENGLAND, Area
from sendlib.compared import overlap
from sendlib.compared.comparators import Comparators, known_areas
from sendlib.questions.doing_well import care, of_several, show_the_sum, stages, stages_over_time
from sendlib.questions.doing_well import not_in_education as sums
from sendlib.questions.doing_well import words as wording
from sendlib.questions.doing_well.beside import is_spread
from sendlib.questions.doing_well.outcome_cube import put_together
from sendlib.questions.doing_well.sum_definitions import WAITING
from sendlib.questions.doing_well.tables import Sums
from sendlib.store import Store
from sendlib.tables import periods

_DEFINITIONS = (
    Text(
        "A gap is the figure of children without identified SEN less that of children with an EHC plan, or with SEN"
        " support, of the same area and school year. Above zero, children with SEND reach it less often.",
        families=None,
    ),
    Text(
        "A gap is narrow where children with SEND reach more, and also where the others reach less: look at both"
        " figures before you call a narrow gap good.",
        families=None,
    ),
    Text(
        "LAIT has no figure of early years for children without SEN, so there the gap is to all children, who include"
        " those with SEN: it looks smaller than it is.",
        families=None,
    ),
    Text(
        "At key stage 4 the gap is in points of the Attainment 8 score (up to 90), elsewhere in percentage points:"
        " compare areas within a stage, not stages with each other.",
        families=None,
    ),
    Text(
        "Level 2 is as much as five GCSEs at grade 4 or above, level 3 as much as two A levels; other qualifications of"
        " that level count as well.",
        families=None,
    ),
    Text(
        "After key stage 4 the school year is the one in which young people finished key stage 4; the two terms are in"
        " the school year after it.",
        families="After GCSEs the school year is the one in which young people finished them. The two terms are in"
        " the next.",
    ),
    Text(
        "A gap is named in the title where it is above the widest, or below the narrowest, of those compared; with ten"
        " compared and fourteen gaps two or three would be by chance alone, and gaps of the same children hang"
        " together, so they are not counted up. A gap with an EHC plan of a year group of fewer than 50 plans is"
        " named in no title.",
        families="The title names a gap that is wider, or narrower, than in all the areas compared. With ten"
        " compared, two or three of fourteen gaps would be so by chance.",
    ),
    Text(
        "'Wider' and 'narrower' say how a gap stands to the mean of those compared. A gap that differs from it by less"
        " than 5%, or by less than 2 points, is called about the same. No law or agreed standard says how wide a gap"
        " may be.",
        families="No law says how wide a gap may be. A small difference is called about the same.",
    ),
    Text(
        "LAIT gives absence and suspensions for all pupils of a kind of school; those by SEN are of another source,"
        " and older. Nearly all pupils of special schools have a plan, but most pupils with a plan go elsewhere. A"
        " pupil can be suspended more than once.",
        families="Absence and suspensions are those of all pupils of special schools. Most children with a plan go to"
        " other schools. A pupil can be suspended more than once.",
    ),
    Text(
        "Where LAIT has no absence of an area's special schools, its nought of their suspensions and exclusions is not"
        " available here: there may be no such school.",
        families=None,
    ),
    Text(
        "Absence is all absence: illness and medical appointments are in it as well as absence without leave. No law or"
        " agreed standard says how much of it, or how many suspensions, there should be.",
        families="Illness and visits to a doctor count as absence too. No law says how much of it there should be.",
    ),
    Text(
        "A mean of those compared leaves out those without a figure and says of how many it is; a mean of fewer than"
        " half of them, or of fewer than three, is not given, and an authority with fewer than 50 plans counts for"
        " none. The mean of a range is the mean of the lower ends to the mean of the upper ends.",
        families="An average leaves out areas without a figure, and areas with fewer than 50 plans. Where fewer than"
        " half of the areas have a figure, or fewer than three, no average is given.",
    ),
)
_PICTURE = (
    "A gap is how much less often children with SEND reach it than children without SEND in the same area; below nought"
    " they reach it more often. It can be narrow because children with SEND reach more, and because the others reach"
    " less."
    " Early years are set against all children, because LAIT has no figure for children without SEND. Key stage 4 is"
    " in points of a score: compare areas within a stage, not stages with each other."
)
_PICTURE_SHOWN = "A narrow gap can also mean that others reach less."
_PICTURE_IN_FAMILIES = (
    "A gap says how many fewer children with SEND get there, next to other children in the same area. A small gap is"
    " not always good news: it may also be that the other children do less well. In early years the others are all"
    " children, as our source has no figure for only those without SEND. The score of key stage 4 (GCSEs) goes up to"
    " 90, so its gap is not out of 100. Level 2 is as much as five GCSEs, level 3 as much as two A levels; phonics is"
    " reading words by their letters and sounds."
)
_SIMILAR = (
    " The similar areas are those that the Department for Education lists as the most like this one, wherever in"
    " England they are."
)
_BY_JANUARY = (
    "The collection changed in January 2019 and again in January 2023, where the upright lines stand. Do not compare"
    " January 2023 and after with January 2022 and before; 2019 and after count young people not in education,"
    " employment or training, earlier years do not."
)
_BY_JANUARY_SHOWN = "Do not compare across the upright lines: the count changed there."
_BY_JANUARY_IN_FAMILIES = (
    "What is counted changed in January 2019 and again in January 2023, where the upright lines stand. So do not"
    " compare the years on either side of a line. From 2019 young people out of education, work and training are"
    " counted too."
)
_HOME_EDUCATION = (
    "Only children with an EHC plan: how many children with SEN support are educated at home is in no source shipped"
    " here."
)
_FIVE_OUTCOMES = (
    "The five were named by the parent-carer forum of Bedford Borough, which asks families about them every year. An"
    " empty tile does not mean that it matters less: it means that no national figure of it is held here."
)
NO_PICTURE = "No picture is drawn of so few children."


def too_few(area: Area) -> Text:
    """What is not shown, drawn or compared where there are too few children."""
    whose = f"{capital(wording.place(area))} {area.verb('has', 'have')}"
    few = f"{whose} so few children with SEND that"
    return Text(
        f"{few} a rate may be that of one"
        " child or two. No sentence and no picture is made of its rates by SEN, nor of how many with a plan are in no"
        " setting, wait or are educated at home, and nothing is compared with other authorities; the tables of Explore"
        " have them as published.",
        show=f"{few} a figure may be that of a child or two: nothing is shown or compared.",
        families=f"{whose} very few children with SEND. A figure may be that of one child or two. So we say and draw"
        " nothing of how they get on, and compare nothing with other areas. The tables of Explore have what is"
        " published.",
    )


def notes(store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame, found: Sums) -> tuple[Note, ...]:
    """Every note, in the order in which they are read."""
    several = put_together(area)
    said = [
        *(Note("definition", text) for text in (_DEFINITIONS[-1:] if several else _DEFINITIONS)),
        *_breaks(store, several),
        *_of_sum(store, area, found),
        Note("break", Text(_BY_JANUARY, _BY_JANUARY_SHOWN, _BY_JANUARY_IN_FAMILIES), "sum_by_january"),
        Note("definition", Text(_all_pupils(store)), "care"),
        Note("definition", Text(_HOME_EDUCATION), "home_education"),
        Note("definition", Text(_FIVE_OUTCOMES), "five_outcomes"),
    ]
    said += overlap.note(store, area)
    said += of_several.notes(store, area) if several else ()
    if found.few:
        return (*said, *([] if several else _of_years(store, "")), Note("caution", too_few(area)))
    if not several:
        said += _beside_the_picture(store, area, others, gaps)
    if others and others.caution:
        said.append(Note("caution", others.cautioned))
    if caution := stages_over_time.few_at_an_age(store, area, gaps):
        said.append(caution)
    if found.own is None:
        when = periods.spoken(found.january)
        none = f"{capital(area.in_text)} had no EHC plans of its own in {when}, so there is no sum for it."
        said.append(Note("missing", Text(none)))
    # Nothing that is shown is earlier than the first January.
    if area.valid_from > sums.januaries(store)[0] and (begun := stages.before(store, area)):
        said.append(Note("missing", Text(begun)))
    return tuple(said)


def _breaks(store: Store, several: bool) -> list[Note]:
    """The breaks of every table that the answer draws on."""
    tables = (*([] if several else ["outcomes"]), "care", "destinations", "elsewhere", "placements")
    # Families have no picture of those years; what breaks their own picture is said beside it.
    return [Note("break", Text(text, families=None)) for name in tables for text in store.info(name).breaks]


def _of_years(store: Store, about: str) -> list[Note]:
    """The years without tests, and those whose figures are provisional."""
    return [
        Note("break", stages.years_without_tests(), about),
        *(Note("break", text, about) for text in stages.provisional(store)),
    ]


def _beside_the_picture(store: Store, area: Area, others: Comparators | None, gaps: pd.DataFrame) -> list[Note]:
    """The largest difference where most gaps are about as wide as among those compared, what is provisional, and how
    to read the picture."""
    none_outside = stages.furthest_outside(gaps) is None
    stands_out = others and none_outside and not is_spread(area, others)
    largest = wording.largest(gaps, others) if others and stands_out else None
    similar = _SIMILAR if others and others.short == "neighbours" else ""
    read = Text(_PICTURE, _PICTURE_SHOWN, f"{_PICTURE_IN_FAMILIES}{similar}")
    untested, *provisional = _of_years(store, "stages")
    found = [Note("definition", largest, "stages")] if largest else []
    return [*found, *provisional, Note("definition", read, "stages"), untested]


def of_care(table: pd.DataFrame, area: Area, few: bool) -> tuple[Note, ...]:
    """Children in need and looked after as numbers; of a handful of children none. `table`: care.care."""
    words = "" if few else care.in_numbers(table, area)
    return (Note("definition", Text(words), "care"),) if words else ()


def _all_pupils(store: Store) -> str:
    shares = care.all_pupils(store)
    if any(math.isnan(share) for share in shares.values()):
        return "Of all pupils in England the share with SEN is not available for that year."
    return (
        f"Of all pupils in England {written(shares['ehc_plan'], 1)}% had an EHC plan or statement and"
        f" {written(shares['sen_support'], 1)}% SEN support in that year."
    )


def _of_sum(store: Store, area: Area, found: Sums) -> list[Note]:
    """Whose placements are missing from the sum."""
    notes = []
    for whose in {area.code: area, ENGLAND: known_areas(store).wider[ENGLAND]}.values():
        if unsent := show_the_sum.without_placements(store, whose, found.january):
            words = _unsent_words(whose, unsent, found.january, found.definition)
            notes.append(Note("missing", Text(words), "sum"))
    return notes


def _unsent_words(area: Area, unsent: dict[str, int], january: str, definition: str) -> str:
    """Which authorities are missing from the placements of several, and where their plans are then."""
    named = listed([f"{name} ({count_of(plans, 'plan', 'plans')})" for name, plans in unsent.items()])
    begins = f"{area.name}: no placements are available for {named} in {periods.spoken(january)}"
    if put_together(area):
        return f"{begins}, so that the sum of all together is not known."
    where = "Their plans are counted in all plans"
    if definition != WAITING:
        where = f"{where} and only in the upper end of the range"
    return f"{begins}. {where}."
