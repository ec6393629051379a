"""Pictures of the further parts of Doing well: attendance by SEN, progress, what follows 16, alternative provision, and
money beside need."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sendlib.answer import TOO_FEW, Answer, Mode
from sendlib.answer.numbers import said
from sendlib.pictures import lines
from sendlib.pictures.doing_well_shared import by_group, dots, of_means_over_time, why_nothing
from sendlib.pictures.lines import Axes, Break, Lines
from sendlib.pictures.picture import Picture, Pictures, nothing_to_draw
from sendlib.questions.doing_well import after_16, alternative, at_school, money_beside, progress_scores
from sendlib.questions.doing_well.closer import HOME_BREAK
from sendlib.questions.doing_well.notes import NO_PICTURE
from sendlib.tables.alternative_provision import GROUPS

_NOTHING = "There is no figure to draw."


def _rows(
    answer: Answer, name: str, mode: Mode, part: pd.DataFrame, label: str, axis: str, chosen: str = ""
) -> list[Picture]:
    """Dots of some rows of a table; of too few children none."""
    if answer.state == TOO_FEW:
        return [nothing_to_draw(name, why_nothing(answer, part, list(part[label])) or NO_PICTURE)]
    caption = answer.tables[name].caption.in_mode(mode)
    return [dots(name, answer, mode, part, label, axis, f"{caption}: {chosen}" if chosen else caption)]


def _by_sen(answer: Answer, mode: Mode) -> list[Picture]:
    """One measure of attendance, by SEN status."""
    what = answer.offered[at_school.MEASURE.name].words
    data = answer.tables[at_school.BY_SEN].data
    part = data[data["what"].eq(what)]
    year = part["measured_in"].iloc[0]
    return _rows(answer, at_school.BY_SEN, mode, part, "pupils_with", f"{what}, {year}" if year else what, what)


def _progress(answer: Answer, mode: Mode) -> list[Picture]:
    """The last scores of one measure, by SEN status."""
    what = answer.offered[progress_scores.MEASURE.name].words
    data = answer.tables[progress_scores.PROGRESS].data
    part = data[data["what"].eq(what) & data["last"].eq(progress_scores.LAST)]
    axis = f"Mean score, {part['year'].iloc[0]}, the last that was measured" if len(part) else "Mean score"
    return _rows(answer, progress_scores.PROGRESS, mode, part, "pupils_with", axis, what)


def _neet(answer: Answer, mode: Mode) -> list[Picture]:
    """Who is not in education, employment or training, by SEND."""
    data = answer.tables[after_16.NEET].data
    return _rows(answer, after_16.NEET, mode, data, "pupils_with", "% of these young people")


def _next_steps(answer: Answer, mode: Mode) -> list[Picture]:
    """One destination of one stage, by SEN status."""
    stage, went = answer.offered[after_16.STAGE.name].words, answer.offered[after_16.WENT.name].words
    data = answer.tables[after_16.NEXT_STEPS].data
    part = data[data["stage"].eq(stage) & data["went"].eq(went)]
    if part.empty:
        return [nothing_to_draw(after_16.NEXT_STEPS, f"{stage}: this kind of place is not told apart.")]
    axis = f"% of those who finished in {part['measured_in'].iloc[0]}"
    return _rows(answer, after_16.NEXT_STEPS, mode, part, "pupils_with", axis, f"{stage}, {went}")


def _alternative(answer: Answer, mode: Mode) -> list[Picture]:
    """How many pupils of one kind of alternative provision have SEN, newest January."""
    kind, data = answer.offered[alternative.KIND.name].words, answer.tables[alternative.PUPILS].data
    of_kind = data[data["kind"].eq(kind) & data["year"].eq(alternative.newest(data, kind))]
    whole, part = (of_kind[of_kind["pupils_with"].eq(GROUPS["all"]) == of_all] for of_all in (True, False))
    few = 0 < whole["children"].iloc[0] < alternative.FEWEST
    part = part.assign(reached=float("nan")) if few else part
    axis = f"% of the pupils in this provision, {part['year'].iloc[0]}"
    drawn = _rows(answer, alternative.PUPILS, mode, part, "pupils_with", axis, kind)
    told = f"{answer.area.name}: no mark, as fewer than {alternative.FEWEST} pupils are in it."
    return [replace(one, below=(told, *one.below)) for one in drawn] if few else drawn


def _over_time(
    answer: Answer, name: str, mode: Mode, part: pd.DataFrame, axes: Axes, chosen: str, breaks: tuple[Break, ...] = ()
) -> list[Picture]:
    """Lines of the area, the mean and England."""
    below = tuple(said([*by_group(part, "year"), *of_means_over_time(answer, part, "year")]))
    if answer.state == TOO_FEW:
        return [nothing_to_draw(name, NO_PICTURE, below=below)]
    caption = answer.tables[name].caption.in_mode(mode)
    what = Lines(part, "year", "group", "reached")
    caption = f"{caption}: {chosen}" if chosen else caption
    return [lines.picture(name, mode, what, axes, caption, breaks=list(breaks), below=below, nothing=_NOTHING)]


def _absence(answer: Answer, mode: Mode) -> list[Picture]:
    """One kind of absence of one SEN status over the years."""
    kind, sen = answer.offered[at_school.KIND.name].words, answer.offered[at_school.WITH.name].words
    data = answer.tables[at_school.OVER_TIME].data
    part = data[data["what"].eq(kind) & data["pupils_with"].eq(sen)]
    breaks = (Break(at_school.BREAK[0], at_school.BREAK[1]),)
    return _over_time(
        answer, at_school.OVER_TIME, mode, part, Axes("School year", "% of half days"), f"{kind}, {sen}", breaks
    )


def _neet_over_time(answer: Answer, mode: Mode) -> list[Picture]:
    """The same of one group over the years."""
    whose = answer.offered[after_16.WHOSE.name].words
    data = answer.tables[after_16.NEET_OVER_TIME].data
    part = data[data["pupils_with"].eq(whose)]
    axes = Axes("School year", "% of these young people")
    return _over_time(answer, after_16.NEET_OVER_TIME, mode, part, axes, whose)


def _plans(answer: Answer, mode: Mode) -> list[Picture]:
    """Plans placed in alternative provision, as a share of all."""
    table = answer.tables[alternative.PLANS]
    part = table.data.assign(year=table.data["period"].str[:4])
    below = tuple(said([*by_group(part, "year"), *of_means_over_time(answer, part, "year")]))
    if answer.state == TOO_FEW:
        return [nothing_to_draw(alternative.PLANS, NO_PICTURE, below=below)]
    picture = lines.picture(
        alternative.PLANS,
        mode,
        Lines(part, "period", "group", "share_of_plans"),
        Axes("January", "% of all EHC plans"),
        table.caption.in_mode(mode),
        breaks=[Break(*HOME_BREAK)],
        below=below,
        nothing=_NOTHING,
    )
    return [picture]


def _money(answer: Answer, mode: Mode) -> list[Picture]:
    """One kind of money, and beside it the share of pupils with a plan, each in its own years."""
    what, table = answer.offered[money_beside.MEASURE.name].words, answer.tables[money_beside.MONEY]
    found = []
    for key, name, heading in (
        ("money", what, f"Money: {what}"),
        ("money_need", money_beside.NEED, money_beside.NEED),
    ):
        part = table.data[table.data["what"].eq(name)]
        if name in money_beside.OF_A_WHOLE and answer.area.name != lines.ENGLAND:
            part = part[part["group"].eq(answer.area.name)]
        picture = lines.picture(
            key,
            mode,
            Lines(part, "year", "group", "reached"),
            Axes("Financial year", heading.partition(", ")[2] or "Figure"),
            f"{table.caption.in_mode(mode)}: {name}",
            heading=heading,
            below=tuple(said([*by_group(part, "year"), *of_means_over_time(answer, part, "year")])),
            nothing=_NOTHING,
        )
        found.append(replace(picture, across=True))
    return found


PICTURES: Pictures = {
    at_school.BY_SEN: _by_sen,
    at_school.OVER_TIME: _absence,
    progress_scores.PROGRESS: _progress,
    after_16.NEET: _neet,
    after_16.NEET_OVER_TIME: _neet_over_time,
    after_16.NEXT_STEPS: _next_steps,
    alternative.PUPILS: _alternative,
    alternative.PLANS: _plans,
    money_beside.MONEY: _money,
}
