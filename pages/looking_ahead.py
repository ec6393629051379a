"""Looking ahead: how many children may need support by 2030?"""

import pandas as pd
import streamlit as st

from sendlib.areas import ENGLAND
from sendlib.catalogue import life_limiting
from sendlib.errors import SendlibError
from sendlib.questions import expected_children as children
from sendlib.questions import looking_ahead, send_ahead
from sendlib.tables.population_england import BASES
from sendlib.view import charts, controls, fans, frame

NONE = "none"
NUMBERS = {"growth": ("Growth of the rate a year, %", 0.1, "%.1f"), "damping": ("Part of the growth left after a year", 0.01, "%.2f"), "spread": ("Differences between areas, %", 1.0, "%.0f")}

shell = frame.begin_page(wider=True)
mode = shell.view.mode


def choices() -> dict[str, str]:
    """The page's own choices as the URL has them; wrong ones put right and told of."""
    offered = {"scenario": ["", *children.NAMES], "population": ["", *BASES]}
    found = {}
    for name in (*offered, *NUMBERS):
        wanted = controls.page_choice(name)
        try:
            if name in offered and wanted not in offered[name]:
                raise looking_ahead.UnknownChoice(f"There is no {name} '{wanted}'. There are: {', '.join(offered[name][1:])}.")
            if name in NUMBERS:
                looking_ahead.number(name, wanted)
        except SendlibError as error:
            st.warning(f"{error} It is left out.")
            controls.keep_page_choice(name, "")
            wanted = ""
        found[name] = wanted
    return found


chosen = choices()
answer = frame.answer_for(shell, looking_ahead, otherwise=ENGLAND, **chosen)
tables = {name: table.data for name, table in answer.tables.items()}


def keep(name: str, key: str) -> None:
    value = st.session_state[key]
    controls.keep_page_choice(name, "" if value == NONE else str(value))


def picture() -> None:
    if mode == "explore":
        choices_row()
    names = fans.drawn(answer, mode, chosen["scenario"])
    years = tables["fan"]["year"].str[:4].astype(int)
    measured = tables["fan"]["measured"].dropna()
    st.html(fans.fan_key(names))
    st.vega_lite_chart(
        fans.fan_data(answer, names),
        fans.fan(mode, names, chosen["scenario"], int(years.iloc[0]), int(years[measured.index[-1]]), int(years.iloc[-1]), float(measured.iloc[-1]), len(measured) > 2),
        theme=None,
        alt=f"{answer.title}. {answer.headline.councillor}",
        key="chart_fan",
    )
    say("what if")
    if mode != "show" and answer.area.code != ENGLAND:
        st.markdown(f"The lines are England's rate; the numbers of children at their ends are those of {children.together(answer.area)}.")


def choices_row() -> None:
    left, right = st.columns(2)
    state = st.session_state
    state["ahead_scenario"], state["ahead_population"] = chosen["scenario"] or NONE, chosen["population"] or next(iter(BASES))
    left.selectbox(
        "Scenario to tell of", [NONE, *children.NAMES], key="ahead_scenario", on_change=keep, args=("scenario", "ahead_scenario"),
        format_func=lambda name: children.NAMES.get(name, "None in particular"),
    )  # fmt: skip
    right.selectbox(
        "Population to 2030", list(BASES), key="ahead_population", on_change=keep, args=("population", "ahead_population"),
        format_func=lambda name: BASES[name],
    )  # fmt: skip


def say(kind: str) -> None:
    for note in answer.notes:
        if note.kind == kind:
            st.markdown(note.text)


def draw_own() -> None:
    st.markdown("Begin where the past growth dies away so that it ends at the published high, then move either.")
    rise, fades = looking_ahead.start_of_own(life_limiting.shipped())
    now = {"growth": chosen["growth"] or rise, "damping": chosen["damping"] or fades, "spread": chosen["spread"] or children.DEFAULT_SPREAD}
    for name, (label, step, written) in NUMBERS.items():
        low, high = looking_ahead.LIMITS[name]
        left, right = st.columns([3, 1])
        for column, kind in ((left, "slider"), (right, "number")):
            key = f"{name}_{kind}"
            st.session_state[key] = float(now[name])
            draw = column.slider if kind == "slider" else column.number_input
            draw(label if kind == "slider" else f"{label} (type it)", low, high, step=step, format=written, key=key, on_change=keep, args=(name, key))
    if any(chosen[name] for name in ("growth", "damping")) and st.button("Take my own scenario out"):
        for name in NUMBERS:
            controls.keep_page_choice(name, "")
        if chosen["scenario"] == children.OWN:
            controls.keep_page_choice("scenario", "")
        st.rerun()
    say("damping")


def draw_populations() -> None:
    say("population")
    rows = tables["populations"].assign(line=tables["populations"]["population"])
    data = rows.rename(columns={"line": "need", "scenario": "series", "children": "share"})[["need", "series", "share"]]
    series = list(dict.fromkeys(data["series"]))
    listed = [(row.need, row.series, row.share) for row in data.itertuples()]
    st.html(charts.dots_key(series))
    st.vega_lite_chart(
        charts.dots_data(listed, mode), charts.dots(mode, list(dict.fromkeys(data["need"])), series, "Children in England, 2030"),
        theme=None, alt=answer.tables["populations"].caption, key="chart_populations",
    )  # fmt: skip


def draw_known() -> None:
    rows = tables["known"]
    st.vega_lite_chart(
        rows[["who", "per_10000"]], charts.bars(mode, "who", "per_10000", list(rows["who"]), "In every 10,000 of the group"),
        theme=None, alt=answer.tables["known"].caption, key="chart_known",
    )  # fmt: skip
    st.markdown("Only the highest and the lowest rate of the ethnic groups and the two largest groups of diagnoses could be read; the others are not available.")


def draw_backtest() -> None:
    st.markdown(f"{send_ahead.how_wrong(shell.store)} {send_ahead.how_sure(shell.store)}")
    say("forecast")
    rows = tables["backtest"]
    order = [send_ahead.METHOD_NAMES[name] for name in (*send_ahead.DRAWN, "log_linear")]
    rows = rows[rows["series"].eq(send_ahead.SERIES["plans"]) & rows["method"].isin(order)]
    st.html(charts.lines_key(order, [1, 2, 3, 0]))
    spec = charts.lines(mode, "years_ahead", "error", "method", order, "Years ahead", "Middle error, %", [1, 2, 3, 0])
    st.vega_lite_chart(rows[["years_ahead", "error", "method"]], spec, theme=None, alt=answer.tables["backtest"].caption, key="chart_backtest")


def draw_send() -> None:
    names = list(send_ahead.SERIES.values())
    name = st.segmented_control("Numbers", names, default=names[0], key="send_series", required=True, wrap=True)
    if name in send_ahead.too_short(tables["send"]):
        st.info(f"{answer.area.name}: too few years on one footing, or too few children, to project.")
        return
    if name == names[0]:
        say("send")
    rows = tables["send"][tables["send"]["series"].eq(name)]
    order = ["Published", *(send_ahead.METHOD_NAMES[method] for method in send_ahead.DRAWN)]
    data = joined(rows[rows["line"].isin(order)])
    st.html(charts.lines_key(order))
    spec = fans.outlook(mode, order, "January" if name == names[0] else "School year", "Plans" if name == names[0] else "% of pupils")
    st.vega_lite_chart(data, spec, theme=None, alt=answer.tables["send"].caption, key="chart_send")
    if data["past_low"].notna().any():
        centre = send_ahead.METHOD_NAMES[send_ahead.CENTRE].lower()
        st.markdown(f"Shaded: where 8 in 10 outcomes lie if '{centre}' misses as it did in the past. Where it was too low before, the shade lies above its line.")


def joined(rows: pd.DataFrame) -> pd.DataFrame:
    """Projections begin at the last published point, so that no line hangs in the air."""
    last = rows[rows["line"].eq("Published")].dropna(subset=["number"]).tail(1)
    starts = [last.assign(line=line) for line in rows["line"].unique() if line != "Published"]
    data = pd.concat([rows, *starts], ignore_index=True).sort_values(["line", "period"], kind="stable")
    return data.assign(x=data["period"].str.removesuffix("-01"))[["x", "line", "number", "past_low", "past_high"]]


def draw_handover() -> None:
    say("handover")
    rows = tables["handover"]
    st.vega_lite_chart(
        rows[["turning_18", "residents"]], charts.bars(mode, "turning_18", "residents", list(rows["turning_18"]), "Young people who turn 18", format_=",.0f"),
        theme=None, alt=answer.tables["handover"].caption, key="chart_handover",
    )  # fmt: skip
    low, high = rows["published_low"].iloc[-1], rows["published_high"].iloc[-1]
    about = f"about {low}" if low == high and low[0].isdigit() else low if low == high else f"up to {high}" if not low[0].isdigit() else f"between {low} and {high}"
    st.markdown(f"Of those who turn 18 in {rows['turning_18'].iloc[-1]}, {about} could have a life-limiting condition.")


def draw_fitted() -> None:
    say("fitted")
    rows = tables["fitted"].assign(begins=tables["fitted"]["year"].str[:4].astype(int))
    last = float(tables["fan"]["measured"].dropna().iloc[-1])
    st.vega_lite_chart(rows, fans.quantiles(mode, last), theme=None, alt=answer.tables["fitted"].caption, key="chart_fitted")
    st.markdown("Dark: 5 in 10; light: 8 in 10, if the assumptions are right. The dashed line is the rate last measured.")


def look_closer() -> None:
    if "fitted" in tables:
        frame.closer(answer, "fitted", "A trend fitted to the yearly figures", draw_fitted, begin_open=True)
    frame.closer(answer, "backtest", "How wrong would we have been?", draw_backtest, begin_open=True)
    frame.closer(answer, "scenarios", "Your own scenario, and all scenarios in numbers", draw_own, begin_open=any(chosen[name] for name in NUMBERS))
    frame.closer(answer, "populations", "The population matters too", draw_populations)
    frame.closer(answer, "known", "By age, sex, ethnic group and diagnosis", draw_known)
    frame.closer(answer, "send", "SEND numbers on the same method", draw_send)
    frame.closer(answer, "handover", "Turning 18", draw_handover)
    frame.see_the_numbers(answer, "areas", "**England, its regions and those compared**")


frame.draw_page(shell, answer, picture, look_closer)
