"""My area: what does SEND look like here?"""

import pandas as pd
import streamlit as st

from sendlib.questions import latest, my_area
from sendlib.view import charts, frame

shell = frame.begin_page()
answer = frame.answer_for(shell, my_area)
mode = shell.view.mode


def picture() -> None:
    table = answer.tables["hundred"].data
    groups = list(dict.fromkeys(table["group"]))
    for column, group in zip(st.columns(len(groups)), groups, strict=True):
        rows = table[table["group"].eq(group)]
        with column:
            if rows["figures"].isna().any():
                st.markdown(f"**{group}**: not available for {latest.school_year(shell.store)}")
                continue
            plans, support, neither = (int(number) for number in rows["figures"])
            st.html(charts.hundred_key(group, plans, support, neither))
            st.vega_lite_chart(
                charts.hundred_data(table, group),
                charts.hundred(mode),
                theme=None,
                alt=f"{group}: of 100 pupils, {plans} have an EHC plan, {support} have SEN support and {neither} neither.",
                key=f"hundred_{groups.index(group)}",
            )


def line_picture(data: pd.DataFrame, name: str, x: str, y: str, series: str, x_title: str, y_title: str) -> None:
    """Lines for up to four series; January stocks are labelled by their year."""
    if data[y].notna().sum() == 0:
        st.info(f"Not available for {answer.area.name}.")
        return
    order = list(dict.fromkeys(data[series].astype(str)))
    # Every period has a place on the axis, so that a year without figures is a visible gap.
    periods = pd.Index(sorted(data[x].astype(str).unique()))
    if x_title == "January":
        periods = pd.Index([f"{year}-01" for year in range(int(periods[0][:4]), int(periods[-1][:4]) + 1)])
    grid = pd.MultiIndex.from_product([periods, order], names=[x, series])
    values = data.assign(**{x: data[x].astype(str), series: data[series].astype(str)}).set_index([x, series])[y]
    full = values.reindex(grid).reset_index()
    full[x] = full[x].str.removesuffix("-01")
    st.html(charts.lines_key(order))
    spec = charts.lines(mode, x, y, series, order, x_title, y_title)
    st.vega_lite_chart(full, spec, theme=None, alt=answer.tables[name].caption, key=f"chart_{name}")


def of_four(name: str, category: str) -> None:
    """Shares over time of up to four categories, the largest four at first."""
    data = answer.tables[name].data.dropna(subset=["share"])
    if data.empty:
        st.info(f"Not available for {answer.area.name}.")
        return
    latest = data[data["period"].eq(data["period"].max())]
    largest = list(latest.sort_values("share", ascending=False)[category].astype(str)[:4])
    offered = list(dict.fromkeys(data.sort_values(category)[category].astype(str)))
    chosen = st.multiselect("Lines (up to four)", offered, default=largest, max_selections=4, key=f"lines_{name}")
    rows = answer.tables[name].data
    rows = rows[rows[category].astype(str).isin(chosen)]
    if chosen:
        line_picture(rows, name, "period", "share", category, "January", "Share of plans, %")


def look_closer() -> None:
    tables = {name: table.data for name, table in answer.tables.items()}

    def draw_pupils() -> None:
        kind = st.segmented_control("Show", ["EHC plan", "SEN support"], default="EHC plan", key="pupils_kind", required=True)
        rows = tables["pupils_over_time"]
        line_picture(rows[rows["kind"].eq(kind)], "pupils_over_time", "period", "share", "group", "School year", "Pupils, %")

    def draw_rates() -> None:
        rows = tables["rates"][tables["rates"]["rate"].eq(my_area.rate_labels(shell.store)["all_ages"])].dropna(subset=["value"])
        spec = charts.bars(mode, "group", "value", list(rows["group"]), "Plans per 1,000 residents aged 0 to 25")
        st.vega_lite_chart(rows[["group", "value"]], spec, theme=None, alt=answer.tables["rates"].caption, key="chart_rates")

    frame.closer(
        answer, "stock", "Plans in place: a stock, counted each January",
        lambda: line_picture(tables["stock"], "stock", "period", "plans", "area", "January", "Plans in place"),
    )  # fmt: skip
    frame.closer(
        answer, "flow", "Plans that start and cease: a flow over each calendar year",
        lambda: line_picture(tables["flow"], "flow", "period", "plans", "measure", "Calendar year", "Plans in the year"),
    )  # fmt: skip
    frame.closer(answer, "rates", "Plans for every 1,000 residents", draw_rates)
    frame.closer(answer, "pupils_over_time", "Pupils with SEN over ten years", draw_pupils)
    frame.closer(answer, "age", "Age of those with a plan", lambda: of_four("age", "age"))
    frame.closer(answer, "sex", "Sex of those with a plan", lambda: of_four("sex", "sex"))
    frame.closer(answer, "placement", "Where those with a plan are placed", lambda: of_four("placement", "group"))
    frame.see_the_numbers(answer, "comparators", "**Each of those compared**")


frame.draw_page(shell, answer, picture, look_closer)
