"""Pictures of Doing well: the gaps at each stage, the stages over time, attendance, care, destinations, home education.

Those of the sum are in sums.py.
"""

from __future__ import annotations

from sendlib.answer import TOO_FEW, Answer, Mode, missing
from sendlib.answer.numbers import said
from sendlib.pictures import behind, doing_well_further, doing_well_lead, doing_well_two, lines, rows, sums, sums_two
from sendlib.pictures.doing_well_shared import by_group, dots, of_means_over_time, series, why_nothing
from sendlib.pictures.lines import Axes, Break, Lines
from sendlib.pictures.picture import Picture, Pictures, nothing_to_draw
from sendlib.questions.doing_well import choices, closer, stages_over_time
from sendlib.questions.doing_well.columns import COMPARED
from sendlib.questions.doing_well.notes import NO_PICTURE

_GAPS = ("gap", "comparator_gap", "england_gap")
_AXIS: dict[Mode, str] = {"explore": "Gap, points", "show": "", "families": "How many fewer of every 100"}
"""The words of the axis of gaps. On a shared screen the heading has the unit."""


def _stages(answer: Answer, mode: Mode) -> list[Picture]:
    """Two dots and the gap between them, of both groups with SEND; where they lead, the gaps of an area beside too."""
    if answer.beside is not None and answer.lead == "stages":
        whose = doing_well_two.shows(answer)
        grey = _stepped_back(whose, {answer.area.name, answer.beside.area.name}, mode)
        return doing_well_two.gaps(answer, answer.beside, mode, grey, (doing_well_lead.HEADINGS[mode], _AXIS[mode]))
    if answer.state == TOO_FEW:
        return [nothing_to_draw("stages", NO_PICTURE)]
    return doing_well_lead.gaps(answer, mode)


def series_of_gaps(answer: Answer, mode: Mode) -> dict[str, str]:
    """Whose gaps are drawn: name in the key -> column of the table."""
    if answer.area.name == lines.ENGLAND and int(answer.tables["stages"].data[COMPARED].max()) > 1:
        return _ends_of_parts(answer)
    return series(answer, "stages", _GAPS, mode)


def _ends_of_parts(answer: Answer) -> dict[str, str]:
    """England, and the ends between which its parts lie: name in the key -> column of the gaps."""
    return {
        lines.ENGLAND: "gap",
        f"Narrowest of {answer.comparators}": "comparator_low",
        f"Widest of {answer.comparators}": "comparator_high",
    }


def _stepped_back(answer: Answer, drawn: set[str], mode: Mode) -> dict[str, str]:
    """What stands in grey behind two areas: those compared, under whose name, and England, unless it is drawn itself.
    Parts of England have no mean beside it, which would be at its own mark."""
    own, mean, _ = _GAPS
    found: dict[str, str] = {}
    for name, column in series(answer, "stages", _GAPS, mode).items():
        if column == own or name in drawn or (column == mean and answer.area.name == lines.ENGLAND):
            continue
        several = column == mean and int(answer.tables["stages"].data[COMPARED].max()) > 1
        found[f"{name} ({answer.area.short_name})" if several else name] = column
    return found


def _januaries(answer: Answer, mode: Mode) -> list[Picture]:
    """The sum in every January; where it leads, with that of an area beside."""
    if answer.beside is not None and answer.lead == "sum_by_january":
        return sums_two.januaries(answer, answer.beside, mode)
    return sums.draw_januaries(answer, mode)


def _over_time(answer: Answer, mode: Mode) -> list[Picture]:
    """One stage over the school years: those with SEND and those set against them."""
    stage, whose = answer.offered["stage_over_time"], answer.offered["whose_over_time"]
    table = answer.tables["over_time"]
    part = table.data[table.data["what"].eq(stage.words) & table.data["group"].eq(whose.words)]
    below = tuple(stages_over_time.not_drawn(part, stage.value))
    if answer.state == TOO_FEW and whose.value == choices.OWN:
        return [nothing_to_draw("over_time", NO_PICTURE, below=below)]
    breaks = stages_over_time.BREAKS.get(stage.value, ())
    single = behind.of(answer, "over_time", "reached", when="year", by="pupils_with")
    picture = lines.picture(
        "over_time",
        mode,
        Lines(part, "year", "pupils_with", "reached", behind=single),
        Axes(stages_over_time.year_in_words(stage.value), stages_over_time.unit(stage.value)),
        f"{table.caption.in_mode(mode)}: {stage.words}, {whose.words}",
        breaks=[Break(year, f"from {year}, {changed}") for year, changed in breaks],
        below=(*below, *of_means_over_time(answer, part, "year", ("pupils_with",))),
        nothing="There is no figure to draw.",
    )
    return [picture]


def _attendance(answer: Answer, mode: Mode) -> list[Picture]:
    """One measure of attendance by kind of school."""
    table, what = answer.tables["attendance"], answer.offered["attendance_measure"].words
    part = table.data[table.data["what"].eq(what)]
    return [dots("attendance", answer, mode, part, "pupils_of", what, f"{table.caption.in_mode(mode)}: {what}")]


def _care(answer: Answer, mode: Mode) -> list[Picture]:
    """Children in need or looked after by SEN status."""
    table, who = answer.tables["care"], answer.offered["care_group"].words
    part = table.data[table.data["children_who"].eq(who)]
    if answer.state == TOO_FEW:
        return [nothing_to_draw("care", why_nothing(answer, part, list(part["pupils_with"])) or NO_PICTURE)]
    caption = f"{table.caption.in_mode(mode)}: {who}"
    return [dots("care", answer, mode, part, "pupils_with", "% of these children", caption)]


def _care_over_time(answer: Answer, mode: Mode) -> list[Picture]:
    """Looked-after children or children in need of one SEN status, over the years."""
    who, sen = answer.offered["care_time_children"].words, answer.offered["care_time_sen"].words
    table = answer.tables["care_over_time"]
    part = table.data[table.data["children_who"].eq(who) & table.data["pupils_with"].eq(sen)]
    below = by_group(part, "year")
    only = {"children_who": who, "pupils_with": sen}
    single = behind.of(answer, "care_over_time", "reached", when="year", only=only)
    if answer.state == TOO_FEW:
        return [nothing_to_draw("care_over_time", NO_PICTURE, below=tuple(below))]
    picture = lines.picture(
        "care_over_time",
        mode,
        Lines(part, "year", "group", "reached", behind=single),
        Axes("School year", "% of these children"),
        f"{table.caption.in_mode(mode)}: {who}, {sen}",
        below=(*below, *of_means_over_time(answer, part, "year")),
        nothing="There is no figure to draw.",
    )
    return [picture]


def _destinations(answer: Answer, mode: Mode) -> list[Picture]:
    """Where young people of England were after key stage 4: by SEN status, and by need."""
    table, found = answer.tables["destinations"], []
    for code, by in {"sen": closer.BY_STATUS, "need": closer.BY_NEED}.items():
        part = table.data[table.data["by"].eq(by)]
        found.append(
            rows.bars(
                f"destinations_{code}",
                mode,
                part,
                "pupils_with",
                "stayed_on",
                "In education, an apprenticeship or work for two terms, %",
                f"{table.caption.in_mode(mode)}: in education, an apprenticeship or work for two terms, by {by}",
                heading=f"By {by}",
                below_it=tuple(missing.named("England", zip(part["pupils_with"], part["status"], strict=True))),
                nothing="There is no figure to draw.",
            )
        )
    return found


def _home_education(answer: Answer, mode: Mode) -> list[Picture]:
    """Plans of children in elective home education as a share of all, each January."""
    table = answer.tables["home_education"]
    part = table.data.assign(year=table.data["period"].str[:4])
    single = behind.of(answer, "home_education", "share_of_plans")
    picture = lines.picture(
        "home_education",
        mode,
        Lines(part, "period", "group", "share_of_plans", behind=single),
        Axes("January", "% of all EHC plans"),
        table.caption.in_mode(mode),
        breaks=[Break(*closer.HOME_BREAK)],
        below=tuple(said([*by_group(part, "year"), *of_means_over_time(answer, part, "year")])),
        nothing="There is no figure to draw.",
    )
    return [picture]


PICTURES: Pictures = {
    "stages": _stages,
    "sum": sums.draw_steps,
    "sum_by_january": _januaries,
    "over_time": _over_time,
    "attendance": _attendance,
    "care": _care,
    "care_over_time": _care_over_time,
    "destinations": _destinations,
    "home_education": _home_education,
    **doing_well_further.PICTURES,
}
