"""Doing well: how are children and young people getting on?"""

from html import escape

import pandas as pd
import streamlit as st

from sendlib.errors import SendlibError
from sendlib.questions import doing_well, means, missing
from sendlib.questions.doing_well import closer as doing_well_closer
from sendlib.questions.doing_well import five_outcomes, show_the_sum, stages, stages_over_time
from sendlib.questions.doing_well import notes as doing_well_notes
from sendlib.questions.doing_well.five_outcomes import OUTCOMES
from sendlib.questions.doing_well.not_in_education import januaries
from sendlib.questions.doing_well.plainly import similar
from sendlib.questions.doing_well.sum_definitions import DEFINITIONS
from sendlib.questions.doing_well.words import place
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE
from sendlib.view import charts, controls, frame, own_survey, strips, sums, waits, words

shell = frame.begin_page(wider=True)
mode = shell.view.mode


def choice(name: str) -> str:
    """A choice of this page from the URL; a wrong one is told of and left out."""
    wanted = controls.page_choice(name)
    try:
        if name == "definition":
            show_the_sum.definition_of(wanted)
        else:
            show_the_sum.january_of(shell.store, wanted)
    except SendlibError as error:
        st.warning(f"{error} It is left out.")
        controls.keep_page_choice(name, "")
        wanted = ""
    return wanted


definition, january = choice("definition"), choice("january")
answer = frame.answer_for(shell, doing_well, definition=definition, year=january)
tables = {name: table.data for name, table in answer.tables.items()}
NAME, FEW = answer.area.name, answer.title == doing_well.TOO_FEW


def keep(name: str, key: str) -> None:
    controls.keep_page_choice(name, str(st.session_state[key]))


def said(kind: str) -> list[str]:
    return [frame.in_mode(note, mode) for note in answer.notes if note.kind == kind]


def say(*kinds: str, added: list[str] | None = None) -> None:
    """The notes of some kinds as one paragraph each, and sentences made for the picture above."""
    for text in [*(text for kind in kinds for text in said(kind)), *(added or [])]:
        if text:
            st.markdown(text)


def series(columns: tuple[str, str, str]) -> dict[str, str]:
    """The area, the mean of those compared and England, as far as there are such -> their columns."""
    plain = mode == "families"
    mean = f"Average of {similar(answer.comparators)}" if plain else f"Mean of {answer.comparators}"
    names = (NAME, mean if answer.comparators else "", "England" if NAME != "England" else "")
    return {name: column for name, column in zip(names, columns, strict=True) if name}


def strip(rows: pd.DataFrame, labels: list[str], columns: dict[str, str], axis: str, key: str, alt: str, limits: tuple[float, float] | None = None) -> None:
    """A strip of rows; where nobody has a figure, only why."""
    if rows[list(columns.values())].isna().all(axis=None):
        st.info(" ".join(missing.named(place(answer.area), zip(labels, rows["status"], strict=True))))
        return
    spec = strips.strip(mode, labels, list(rows["status"]), list(columns), axis, limits)
    st.vega_lite_chart(strips.data(rows, labels, columns), spec, theme=None, alt=alt, key=f"chart_{key}")


def picture() -> None:
    if FEW:
        st.info(doing_well_notes.NO_PICTURE)
        return
    table, columns = tables["stages"], series(("gap", "comparator_gap", "england_gap"))
    st.html(strips.key(list(columns)))
    limits = strips.ends(table, list(columns.values()))
    # On a shared screen the heading has the unit, as the words of the axis would need a line more.
    heading, axis = {"show": ("Gap in points", ""), "families": ("Gap", "How many fewer of every 100 (key stage 4 score: points out of 90)")}.get(mode, ("Gap", "Gap, points"))
    for number, (column, group) in enumerate(zip(st.columns(2), stages.WITH_SEND.values(), strict=True)):
        rows = table[table["pupils_with"].eq(group)]
        labels = [stages.row_label(stage, year) for stage, year in zip(rows["stage"], rows["measured_in"], strict=True)]
        with column:
            st.html(charts.heading(f"{heading}: {group}"))
            strip(rows, labels, columns, axis, f"stages_{number}", f"{answer.title}. Gap at each stage, {group}. {words.sentence(answer.headline, mode)}", limits)
    if mode == "show":
        st.html(f'<p style="font-size: 18px; line-height: 1.3; margin: 0">{escape(" ".join([*said("picture"), *said("picture_show")]))}</p>')
    else:
        say("picture", f"picture_{mode}")


def draw_sum() -> None:
    left, right = st.columns(2)
    state = st.session_state
    held = [period[:4] for period in januaries(shell.store)][::-1]
    state["sum_definition"] = show_the_sum.definition_of(definition)
    state["sum_january"] = show_the_sum.january_of(shell.store, january)[:4]
    left.selectbox("What is counted", list(DEFINITIONS), key="sum_definition", format_func=lambda code: DEFINITIONS[code].name, on_change=keep, args=("definition", "sum_definition"))
    right.selectbox("January", held, key="sum_january", on_change=keep, args=("january", "sum_january"))
    st.markdown("\n".join(f"- {text}" for text in said("sum")))
    for name in ("sum", *(["sum_england"] if "sum_england" in tables else [])):
        data = sums.steps_data(tables[name])
        if name == "sum" and FEW:
            say(added=missing.named(place(answer.area), [("the sum and its steps", tables[name]["status"].iloc[-1])]))
            continue
        st.html(charts.heading(f"{NAME if name == 'sum' else 'England'}. {data['label'].iloc[-1]}") + sums.steps_key(data))
        st.vega_lite_chart(data, sums.steps(mode, data), theme=None, alt=answer.tables[name].caption, key=f"chart_{name}")


def draw_januaries() -> None:
    table = tables["sum_by_january"]
    data = sums.januaries_data(table)
    if data["low"].notna().any():
        st.html(sums.januaries_key(data))
        st.vega_lite_chart(data, sums.januaries(mode, data), theme=None, alt=answer.tables["sum_by_january"].caption, key="chart_sum_by_january")
    say("sum_by_january", added=missing.named(place(answer.area), zip(table["period"].str[:4], table["status"], strict=True), in_time=True))


def lines(rows: pd.DataFrame, by: str, y_title: str, key: str, alt: str, not_drawn: list[str], breaks: tuple[tuple[str, str], ...] = (), x: str = "year", x_title: str = "School year") -> None:
    """Lines over the years with their breaks; a year without a figure is a gap, and what is not drawn is named below."""
    if rows["reached"].notna().any() and not (FEW and x == "year"):
        order = list(dict.fromkeys(rows[by]))
        numbered = [(when, str(number)) for number, (when, _) in enumerate(breaks, 1)]
        st.html(charts.lines_key(order))
        spec = waits.lines(mode, x, "reached", by, order, x_title, y_title, numbered)
        st.vega_lite_chart(rows[[x, "reached", by]], strips.in_order(spec, sorted(set(rows[x]))), theme=None, alt=alt, key=f"chart_{key}")
        not_drawn = [*(f"{number}: from {when}, {words}." for number, (when, words) in enumerate(breaks, 1)), *not_drawn, means.sentence(list(rows[x]), list(rows["compared_areas"]))]
    say(added=not_drawn)


def draw_over_time() -> None:
    table = tables["over_time"]
    left, right = st.columns(2)
    what = str(left.selectbox("Stage", list(dict.fromkeys(table["what"])), key="stage_over_time"))
    group = right.selectbox("Whose", list(dict.fromkeys(table["group"])), key="group_over_time")
    rows = table[table["what"].eq(what) & table["group"].eq(group)]
    unit = "Score" if "Attainment 8" in what else "%"
    lines(rows, "pupils_with", unit, "over_time", f"{answer.tables['over_time'].caption}: {what}, {group}", stages_over_time.not_drawn(rows), stages_over_time.breaks_of(what), x_title=stages_over_time.year_in_words(what))


def by_group(rows: pd.DataFrame, when: str) -> list[str]:
    """What the lines of several groups leave out and why."""
    return [text for group, part in rows.groupby("group", sort=False) for text in missing.named(str(group), zip(part[when], part["status"], strict=True), in_time=True)]


COLUMNS = ("reached", "comparator_reached", "england_reached")


def dots(rows: pd.DataFrame, label: str, axis: str, key: str, alt: str) -> None:
    """A strip of the figures of several kinds of school or of SEN, and what it leaves out."""
    columns, labels = series(COLUMNS), [str(name) for name in rows[label]]
    st.html(strips.key(list(columns)))
    strip(rows, labels, columns, axis, key, alt)
    blank = ((name, VALUE if mean == mean else NOT_AVAILABLE) for name, mean in zip(labels, rows["comparator_reached"], strict=True))
    of_mean = missing.named(f"the mean of {answer.comparators}", blank) if answer.comparators else []
    say(added=[*missing.named(place(answer.area), zip(labels, rows["status"], strict=True)), *of_mean, means.sentence(labels, list(rows["compared_areas"]))])


def draw_attendance() -> None:
    table = tables["attendance"]
    what = st.selectbox("Measure", list(dict.fromkeys(table["what"])), key="attendance_measure")
    dots(table[table["what"].eq(what)], "pupils_of", str(what), "attendance", f"{answer.tables['attendance'].caption}: {what}")


def draw_care() -> None:
    table = tables["care"]
    groups = [group for group in dict.fromkeys(table["children_who"]) if not group.startswith("All pupils")]
    who = st.selectbox("Children", groups, key="care_group")
    rows = table[table["children_who"].eq(who)]
    if FEW:
        say(added=missing.named(place(answer.area), zip(rows["pupils_with"], rows["status"], strict=True)))
    else:
        dots(rows, "pupils_with", "% of these children", "care", f"{answer.tables['care'].caption}: {who}")
    say("care")


def draw_care_over_time() -> None:
    table = tables["care_over_time"]
    left, right = st.columns(2)
    who = left.selectbox("Children", list(dict.fromkeys(table["children_who"])), key="care_time_who")
    sen = right.selectbox("With", list(dict.fromkeys(table["pupils_with"])), key="care_time_sen")
    rows = table[table["children_who"].eq(who) & table["pupils_with"].eq(sen)]
    lines(rows, "group", "% of these children", "care_over_time", f"{answer.tables['care_over_time'].caption}: {who}, {sen}", by_group(rows, "year"))


def draw_destinations() -> None:
    table = tables["destinations"]
    say("destinations")
    for by, rows in table.groupby("by", sort=False):
        known = rows[rows["stayed_on"].notna()]
        st.html(charts.heading(f"By {by}"))
        spec = charts.bars(mode, "pupils_with", "stayed_on", list(known["pupils_with"]), "In education, an apprenticeship or work for two terms, %")
        st.vega_lite_chart(known[["pupils_with", "stayed_on"]], spec, theme=None, alt=f"{answer.tables['destinations'].caption}: {by}", key=f"chart_destinations_{by}")
        say(added=missing.named("England", zip(rows["pupils_with"], rows["status"], strict=True)))


def draw_home_education() -> None:
    table = tables["home_education"].rename(columns={"share_of_plans": "reached"})
    rows = table.assign(period=table["period"].str[:4])
    lines(rows, "group", "% of all EHC plans", "home_education", answer.tables["home_education"].caption, by_group(rows, "period"), (doing_well_closer.HOME_BREAK,), x="period", x_title="January")
    say("home_education")


def draw_outcomes() -> None:
    """A tile an outcome: what is measured nationally or that nothing is, and the forum's own result."""
    st.subheader("Five things that families want for children")
    own = own_survey.results(answer.area.code)
    tiles = []
    for (code, outcome), (_, row) in zip(OUTCOMES.items(), tables["five_outcomes"].iterrows(), strict=True):
        number = "" if pd.isna(row["reached"]) else f"{row['reached']:.1f}%"
        result = own.get(code)
        tiles.append((outcome.name, number, five_outcomes.sentence(row), f"{result.text}." if result and result.answered else ""))
    frame.tiles(tiles, "Your own survey:")
    say("five_outcomes")
    own_survey.draw(answer.area.code, " ".join(said("survey")))


def look_closer() -> None:
    frame.closer(answer, "sum", "Show the sum: who is not in a setting, step by step", draw_sum, begin_open=True)
    frame.closer(answer, "sum_by_january", "The sum in every January", draw_januaries)
    frame.closer(answer, "over_time", "Level 2 and 3 by 19, and every other stage, over time", draw_over_time)
    frame.closer(answer, "attendance", "Absence, suspensions and exclusions by kind of school", draw_attendance)
    frame.closer(answer, "care", "Looked-after children and children in need with SEN", draw_care)
    frame.closer(answer, "care_over_time", "Looked after and in need, over time", draw_care_over_time)
    frame.closer(answer, "destinations", "What young people did after key stage 4, by need (England)", draw_destinations)
    frame.closer(answer, "home_education", "Home education", draw_home_education)
    frame.closer(answer, "five_outcomes", "Happy, healthy, ambitious, independent, heard", draw_outcomes)
    frame.see_the_numbers(answer, "sum_compared", "**The sum of each of those compared**")


frame.draw_page(shell, answer, picture, look_closer, draw_outcomes)
