"""Needs: which needs do children have, and is that unusual?"""

import pandas as pd
import streamlit as st

from sendlib.errors import SendlibError
from sendlib.questions import needs
from sendlib.questions.needs import recording
from sendlib.tables.needs import NEEDS
from sendlib.view import charts, controls, frame

shell = frame.begin_page()
wanted = controls.page_choice("move")
try:
    move = recording.parse(wanted)
except SendlibError as error:
    st.warning(f"{error} Nothing is moved.")
    controls.keep_page_choice("move", "")
    move = None
answer = frame.answer_for(shell, needs, move=str(move) if move else "")
mode = shell.view.mode
tables = {name: table.data for name, table in answer.tables.items()}
NAME = answer.area.name


def picture() -> None:
    if answer.title.startswith("Too few"):
        st.info("No picture is drawn of so few plans. Their shares, with intervals, are under See the numbers.")
        return
    st.html(charts.needs_key(answer))
    st.vega_lite_chart(
        charts.needs_data(answer, mode),
        charts.needs(answer, mode),
        theme=None,
        alt=f"{answer.title}. {answer.headline.councillor}",
        key="chart_needs",
    )


def say(kind: str) -> None:
    for note in answer.notes:
        if note.kind == kind:
            st.markdown(note.text)


def draw_dots(name: str, rows: list[tuple[str, str, float]], series: list[str], x_title: str = "% of plans") -> None:
    """Needs in the order of the first series; what is hidden or missing is named below."""
    data = charts.dots_data(rows)
    if data[data["series"].eq(series[0])].empty:
        st.info(f"Not available for {NAME}.")
        return
    order = list(dict.fromkeys(data.sort_values("share", ascending=False, kind="stable")["need"]))
    st.html(charts.dots_key(series))
    st.vega_lite_chart(
        data, charts.dots(mode, order, series, x_title), theme=None, alt=answer.tables[name].caption, key=f"chart_{name}"
    )
    missing = [need for need, group, share in rows if group == series[0] and pd.isna(share) and need != "Not recorded"]
    if missing:
        st.markdown(f"Hidden to protect children's privacy, or not available: {', '.join(missing)}.")


def draw_group(name: str, what: str, beside: str) -> None:
    """One category of a cross, chosen by the reader, beside another mix."""
    table = tables[name]
    known = table[table["share"].notna()]
    categories = list(dict.fromkeys(known["category"]))
    if not categories:
        if table["status"].eq("hidden").all():
            st.info("With so few plans every number here would be about somebody, so none is shown.")
        elif name == "schools":
            st.info(f"Not available for {NAME}: these pupils were counted in 2022/23, before it began.")
        else:
            st.info(f"Not available for {NAME}: its needs were published as totals only.")
        return
    chosen = st.segmented_control(what, categories, default=categories[0], key=f"choose_{name}", required=True, wrap=True)
    rows = [(row.name_, chosen, row.share) for row in table[table["category"].eq(chosen)].rename(columns={"name": "name_"}).itertuples()]
    everyone = tables["new_plans"]
    everyone = everyone[everyone["category"].str.startswith("All")]
    # Of all plans, those without a recorded need included, as in the cross beside it.
    share = 100 * everyone["count"] / everyone["count"].sum()
    rows += [(need, beside, part) for need, part in zip(everyone["name"], share, strict=True)]
    st.markdown("Shares of all plans of the group, those without a recorded need included.")
    draw_dots(name, rows, [chosen, beside])


def draw_new() -> None:
    table = tables["new_plans"].rename(columns={"name": "name_"})
    series = list(dict.fromkeys(table["category"]))[::-1]
    st.markdown("Where new plans name a need more often than all plans do, the mix may be changing.")
    draw_dots("new_plans", [(row.name_, row.category, row.share) for row in table.itertuples()], series)


def draw_schools() -> None:
    st.markdown(
        "**Other children.** These are pupils with SEN support or a plan in the schools located here, wherever they live."
        " The upright line is the plans that the authority maintains, wherever those children learn. The two are set"
        " side by side and never added."
    )
    draw_group("schools", "Schools", "Plans of the authority")


def draw_funnel() -> None:
    names = list(NEEDS)
    largest = tables["mix"].loc[tables["mix"]["difference"].abs().idxmax(), "need"] if tables["mix"]["difference"].notna().any() else names[0]
    need = st.selectbox("Need", names, index=names.index(str(largest)), format_func=lambda code: NEEDS[code], key="funnel_need")
    rows = tables["funnel"][tables["funnel"]["need"].eq(need)].sort_values("plans")
    outside = rows[(rows["share"] < rows["low_998"]) | (rows["share"] > rows["high_998"])]
    st.html(charts.funnel_key(NAME, "those compared"))
    st.vega_lite_chart(
        rows.drop(columns=["need", "z", "area_code"]), charts.funnel(mode, NAME), theme=None,
        alt=f"{answer.tables['funnel'].caption}: {NEEDS[need]}", key="chart_funnel",
    )  # fmt: skip
    st.markdown(
        "Authorities differ by more than chance, so the limits allow for the usual spread between them as well: about 1 in 20"
        " would lie outside the inner limits, and 1 in 500 outside the outer ones, if all were alike in that sense."
        f" {len(outside)} of {len(rows)} lie outside the outer limits here."
    )


def draw_log_ratios() -> None:
    st.markdown(
        "Rare needs count as much as common ones here. One step to the right of nought is twice as common, relative to the"
        " area's other needs, as among those compared; one step to the left is half as common."
    )
    table = tables["log_ratio"].dropna(subset=["difference"])
    if table.empty:
        st.info("There is nobody to compare with.")
        return
    labelled = table.assign(label=table["name"].map(lambda name: charts.label_of(name, mode)))
    spec = charts.two_sided_bars(mode, "label", "difference", list(labelled["label"]), "Doublings against those compared")
    st.vega_lite_chart(
        labelled[["label", "difference"]], spec, theme=None, alt=answer.tables["log_ratio"].caption, key="chart_log_ratio"
    )


def keep_move(changed: str) -> None:
    """Write the what-if into the URL; the number box and the slider follow each other."""
    state = st.session_state
    part = state["move_slider"] if changed == "slider" else state["move_number"]
    source, target = state["move_from"], state["move_to"]
    if source == target:
        target = next(need for need in NEEDS if need != source)
    controls.keep_page_choice("move", f"{source}:{target}:{part}")


def draw_recording() -> None:
    now = move or recording.usual(tables["mix"])
    state = st.session_state
    state["move_from"], state["move_to"], state["move_slider"], state["move_number"] = now.source, now.target, now.percent, now.percent
    st.markdown("What would the mix look like if a part of one need had been written down as another?")
    left, right = st.columns(2)
    left.selectbox("From", list(NEEDS), key="move_from", format_func=lambda code: NEEDS[code], on_change=keep_move, args=("from",))
    right.selectbox("To", [code for code in NEEDS if code != now.source], key="move_to", format_func=lambda code: NEEDS[code], on_change=keep_move, args=("to",))
    left.slider("Part to move, %", 0, 100, key="move_slider", on_change=keep_move, args=("slider",))
    right.number_input("Part to move, % (type it)", 0, 100, step=1, key="move_number", on_change=keep_move, args=("number",))
    say("what if")
    table = tables["recording"].rename(columns={"name": "name_"})
    series = ["After the move", "Mean of those compared", "As published"]
    rows = [(row.name_, series[0], row.share_moved) for row in table.itertuples()]
    rows += [(row.name_, series[1], row.comparator_mean) for row in table.itertuples()]
    rows += [(row.name_, series[2], row.share) for row in table.itertuples()]
    draw_dots("recording", rows, series)


def look_closer() -> None:
    frame.closer(answer, "divergence", "How unusual is the whole mix?", lambda: say("divergence"))
    frame.closer(answer, "recording", "Could it be recording?", draw_recording, begin_open=move is not None)
    frame.closer(answer, "funnel", "Every authority in England", draw_funnel)
    frame.closer(answer, "new_plans", "Is the mix changing? New plans beside all plans", draw_new)
    frame.closer(answer, "age", "Needs by age", lambda: draw_group("age", "Age", "All ages"))
    frame.closer(answer, "sex", "Needs by sex", lambda: draw_group("sex", "Sex", "All plans"))
    frame.closer(answer, "placement", "Needs by placement", lambda: draw_group("placement", "Placement", "All plans"))
    frame.closer(answer, "schools", "Pupils in the schools here: another population", draw_schools)
    frame.closer(answer, "log_ratio", "Rare needs: a relative view", draw_log_ratios)
    if "features" in tables:
        frame.see_the_numbers(answer, "features", "**What the authorities compared are like**")
    frame.see_the_numbers(answer, "comparators", "**Each of those compared**")


frame.draw_page(shell, answer, picture, look_closer)
