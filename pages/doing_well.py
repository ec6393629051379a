"""Doing well: how are children and young people getting on?"""

import pandas as pd
import streamlit as st

from sendlib.errors import SendlibError
from sendlib.questions import doing_well, five_outcomes, show_the_sum, stages
from sendlib.questions.five_outcomes import OUTCOMES, Result
from sendlib.questions.not_in_education import DEFINITIONS, januaries
from sendlib.view import charts, controls, frame, strips, sums

shell = frame.begin_page(wider=True)
mode = shell.view.mode
# Where the session keeps a forum's own results, by area; nothing writes them anywhere.
SURVEYS = "own_surveys"


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
NAME, CODE = answer.area.name, answer.area.code


def keep(name: str, key: str) -> None:
    controls.keep_page_choice(name, str(st.session_state[key]))


def say(kind: str) -> None:
    lines = [f"- {note.text}" for note in answer.notes if note.kind == kind]
    st.markdown("\n".join(lines))


def series() -> list[str]:
    """The area, the mean of those compared and England, as far as there are such."""
    return [NAME, *([f"Mean of {answer.comparators}"] if answer.comparators else []), *(["England"] if NAME != "England" else [])]


def dots(rows: pd.DataFrame, label: str, columns: tuple[str, str, str], axis: str, key: str, alt: str) -> None:
    """Rows on one axis: the area, the mean of those compared, England; missing figures are named below."""
    names = series()
    held = [column for column, wanted in zip(columns, (True, bool(answer.comparators), NAME != "England"), strict=True) if wanted]
    points = [(row[label], name, row[column]) for _, row in rows.iterrows() for name, column in zip(names, held, strict=True)]
    data = charts.dots_data(points, mode)
    if data.empty:
        st.info("Not available.")
        return
    spec = charts.dots(mode, list(dict.fromkeys(rows[label])), names, axis)
    st.vega_lite_chart(data, spec, theme=None, alt=alt, key=f"chart_{key}")
    missing = [str(row[label]) for _, row in rows.iterrows() if pd.isna(row[columns[0]])]
    if missing and mode != "show":
        st.markdown(f"Not available for {NAME}: {', '.join(missing)}.")


def picture() -> None:
    table = tables["stages"]
    if answer.title == doing_well.TOO_FEW:
        st.info("No picture is drawn of so few children. What is published is under See the numbers.")
        return
    st.html(charts.dots_key(series()))
    # On a shared screen the second panel takes its rows from the first.
    widths = [1.5, 1] if mode == "show" else [1, 1]
    ends = strips.ends(table)
    for number, (column, group) in enumerate(zip(st.columns(widths), stages.WITH_SEND.values(), strict=True)):
        rows = table[table["pupils_with"].eq(group)]
        with column:
            st.html(charts.heading(f"Gap: {group}"))
            if rows["gap"].isna().all() and rows["comparator_gap"].isna().all():
                st.info("Not available.")
                continue
            st.vega_lite_chart(
                strips.data(rows, series(), bool(answer.comparators)), strips.strip(mode, rows, series(), ends, named=mode != "show" or number == 0),
                theme=None, alt=f"{answer.title}. Gap at each stage, {group}. {answer.headline.councillor}", key=f"chart_stages_{number}",
            )  # fmt: skip
            missing = list(rows.loc[rows["gap"].isna(), "stage"])
            if missing and mode != "show":
                st.markdown(f"Not available for {NAME}: {'; '.join(missing)}.")
    if said := stages.provisional(shell.store):
        st.markdown(" ".join(said))
    if mode != "show":
        st.markdown(
            "To the right, children with SEND reach it less often than children without SEND in the same area; on the left of nought, more often."
            " Early years are set against all children, because LAIT has no figure for children without SEND. Key stage 4 is in points of a"
            " score: compare areas within a stage, not stages with each other."
        )
        st.markdown(stages.years_without_tests())


def draw_sum() -> None:
    left, right = st.columns(2)
    state = st.session_state
    held = [period[:4] for period in januaries(shell.store)][::-1]
    state["sum_definition"] = show_the_sum.definition_of(definition)
    state["sum_january"] = show_the_sum.january_of(shell.store, january)[:4]
    left.selectbox("What is counted", list(DEFINITIONS), key="sum_definition", format_func=lambda code: DEFINITIONS[code].name, on_change=keep, args=("definition", "sum_definition"))
    right.selectbox("January", held, key="sum_january", on_change=keep, args=("january", "sum_january"))
    say("sum")
    whose = ["sum", *(["sum_england"] if NAME != "England" else [])]
    for name in whose:
        data = sums.steps_data(tables[name])
        who = NAME if name == "sum" else "England"
        st.html(charts.heading(f"{who}. {data['label'].iloc[-1]}") + sums.steps_key(data))
        st.vega_lite_chart(data, sums.steps(mode, data), theme=None, alt=answer.tables[name].caption, key=f"chart_{name}")


def draw_januaries() -> None:
    data = sums.januaries_data(tables["sum_by_january"])
    if data.empty:
        st.info(f"Not available for {NAME}.")
        return
    st.html(sums.januaries_key(data))
    st.vega_lite_chart(data, sums.januaries(mode, data), theme=None, alt=answer.tables["sum_by_january"].caption, key="chart_sum_by_january")
    st.markdown(
        "The collection changed in January 2019 and again in January 2023, where the upright lines stand. Do not compare January 2023 and after with"
        " January 2022 and before; 2019 and after count young people not in education, employment or training, earlier years do not."
    )


def lines(rows: pd.DataFrame, by: str, order: list[str], y_title: str, key: str, alt: str, x: str = "year") -> None:
    """Lines over the years; a year without a figure is a gap, and named where nobody has one."""
    if rows["reached"].notna().sum() == 0:
        st.info(f"Not available for {NAME}.")
        return
    st.html(charts.lines_key(order))
    st.vega_lite_chart(
        rows[[x, "reached", by]], charts.lines(mode, x, "reached", by, order, "January" if x == "period" else "School year", y_title),
        theme=None, alt=alt, key=f"chart_{key}",
    )  # fmt: skip


def draw_over_time() -> None:
    table = tables["over_time"]
    left, right = st.columns(2)
    what = left.selectbox("Stage", list(dict.fromkeys(table["what"])), key="stage_over_time")
    group = right.selectbox("Whose", list(dict.fromkeys(table["group"])), key="group_over_time")
    rows = table[table["what"].eq(what) & table["group"].eq(group)]
    unit = "Score" if "Attainment 8" in str(what) else "%"
    lines(rows, "pupils_with", list(dict.fromkeys(rows["pupils_with"])), unit, "over_time", f"{answer.tables['over_time'].caption}: {what}, {group}")
    untested = sorted(set(rows.loc[rows["status"].eq("not_applicable"), "year"]))
    missing = sorted(set(rows.loc[rows["status"].eq("not_available"), "year"]))
    if untested:
        st.markdown(f"No figure, because there were no tests or the authority did not exist yet: {', '.join(untested)}.")
    if missing:
        st.markdown(f"Not available for at least one line: {', '.join(missing)}.")


def draw_attendance() -> None:
    table = tables["attendance"]
    what = st.selectbox("Measure", list(dict.fromkeys(table["what"])), key="attendance_measure")
    rows = table[table["what"].eq(what)]
    st.html(charts.dots_key(series()))
    dots(rows, "pupils_of", ("reached", "comparator_reached", "england_reached"), str(what), "attendance", f"{answer.tables['attendance'].caption}: {what}")


def draw_care() -> None:
    table = tables["care"]
    groups = [group for group in dict.fromkeys(table["children_who"]) if not group.startswith("All pupils")]
    who = st.selectbox("Children", groups, key="care_group")
    st.html(charts.dots_key(series()))
    dots(table[table["children_who"].eq(who)], "pupils_with", ("reached", "comparator_reached", "england_reached"), "% of these children", "care", f"{answer.tables['care'].caption}: {who}")
    of_all = table[table["children_who"].str.startswith("All pupils")].set_index("pupils_with")["england_reached"]
    st.markdown(f"Of all pupils in England {of_all['EHC plan or statement']:.1f}% had an EHC plan or statement and {of_all['SEN support']:.1f}% SEN support in that year.")


def draw_care_over_time() -> None:
    table = tables["care_over_time"]
    left, right = st.columns(2)
    who = left.selectbox("Children", list(dict.fromkeys(table["children_who"])), key="care_time_who")
    sen = right.selectbox("With", list(dict.fromkeys(table["pupils_with"])), key="care_time_sen")
    rows = table[table["children_who"].eq(who) & table["pupils_with"].eq(sen)]
    lines(rows, "group", list(dict.fromkeys(rows["group"])), "% of these children", "care_over_time", f"{answer.tables['care_over_time'].caption}: {who}, {sen}")


def draw_destinations() -> None:
    st.markdown("England only. These figures must not be set against those of the stages above, which were worked out again later without authorities' own tracking.")
    rows = tables["destinations"][["pupils_with", "stayed_on"]]
    spec = charts.bars(mode, "pupils_with", "stayed_on", list(rows["pupils_with"]), "In education, an apprenticeship or work for two terms, %")
    st.vega_lite_chart(rows, spec, theme=None, alt=answer.tables["destinations"].caption, key="chart_destinations")


def draw_home_education() -> None:
    rows = tables["home_education"].rename(columns={"share_of_plans": "reached"})
    rows = rows.assign(period=rows["period"].str[:4])
    lines(rows, "group", list(dict.fromkeys(rows["group"])), "% of all EHC plans", "home_education", answer.tables["home_education"].caption, x="period")
    st.markdown("Only children with an EHC plan: how many children with SEN support are educated at home is in no source shipped here. From January 2023 DfE collects each plan by itself.")


def surveys() -> dict[str, Result]:
    """The forum's own results for this area, from the session's memory."""
    found: dict[str, Result] = st.session_state.setdefault(SURVEYS, {}).get(CODE, {})
    return found


def draw_outcomes() -> None:
    """A tile an outcome: what is measured nationally or that nothing is, and the forum's own result."""
    st.subheader("Five things that families want for children")
    own = surveys()
    tiles = []
    for (code, outcome), (_, row) in zip(OUTCOMES.items(), tables["five_outcomes"].iterrows(), strict=True):
        number = "" if pd.isna(row["reached"]) else f"{row['reached']:.1f}%"
        result = own.get(code)
        tiles.append((outcome.name, number, five_outcomes.sentence(row), f"{result.text}." if result and result.answered else ""))
    frame.tiles(tiles, "Your own survey:")
    st.markdown(
        "The five were named by the parent-carer forum of Bedford Borough, which asks families about them every year. An empty tile does not mean"
        " that it matters less: it means that no figure for each area is published that we know of."
    )
    form = st.expander("**Add the results of your own survey**", key="own_survey", on_change="rerun")
    if form.open:
        with form:
            draw_survey(own)


def take_survey_out() -> None:
    """Forget the results of this area, and what was typed for them."""
    st.session_state[SURVEYS].pop(CODE, None)
    for code in OUTCOMES:
        for key in (f"asked_{code}_{CODE}", f"yes_{code}_{CODE}"):
            st.session_state.pop(key, None)


def draw_survey(own: dict[str, Result]) -> None:
    st.markdown(
        "They go to the computer that runs this app and stay in its memory for this visit only; a reload or closing the page loses them."
    )
    with st.form("survey", border=False):
        entered = {}
        for code, outcome in OUTCOMES.items():
            left, right = st.columns(2)
            held = own.get(code, Result(0, 0))
            answered = left.number_input(f"{outcome.name}: how many answered", 0, five_outcomes.MOST, held.answered, key=f"asked_{code}_{CODE}")
            yes = right.number_input(f"{outcome.name}: how many said yes", 0, five_outcomes.MOST, held.yes, key=f"yes_{code}_{CODE}")
            entered[code] = Result(int(answered), int(yes))
        if st.form_submit_button("Show them in the tiles"):
            wrong = [OUTCOMES[code].name for code, result in entered.items() if result.problem]
            if wrong:
                st.warning(f"{', '.join(wrong)}: more said yes than answered. Nothing was changed.")
            else:
                st.session_state[SURVEYS][CODE] = entered
                st.rerun()
    small = [OUTCOMES[code].name for code, result in own.items() if result.answered and result.small]
    if small:
        st.warning(f"{', '.join(small)}: 1 to 4 families answered, said yes or said no, which could point to a child. The tile and the download hide these numbers.")
    if any(result.answered for result in own.values()):
        st.download_button("Download your own results (CSV)", five_outcomes.export(own), f"our-survey-{CODE}.csv", "text/csv", key="download_survey", on_click="ignore")
        st.button("Take the results out", key="take_survey_out", on_click=take_survey_out)


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
