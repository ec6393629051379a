"""Looking ahead: how many children may need support by 2030?"""

from collections.abc import Callable

import streamlit as st

from sendlib.areas import ENGLAND
from sendlib.catalogue import life_limiting
from sendlib.errors import SendlibError
from sendlib.questions import looking_ahead
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead import send_ahead
from sendlib.questions.looking_ahead.scenarios import NAMES, OWN, PUBLISHED, start_of_own
from sendlib.tables.population_england import BASES
from sendlib.view import charts, controls, fans, frame, outlooks, words

NONE = "none"
NUMBERS = {"growth": ("Growth of the rate a year, %", 0.1, "%.1f"), "damping": ("Part of the growth left after a year", 0.01, "%.2f"), "spread": ("Differences between areas, %", 1.0, "%.0f")}

shell = frame.begin_page(wider=True, compared_in=("explore",))
mode = shell.view.mode


def choices() -> dict[str, str]:
    """The page's own choices as the URL has them; wrong ones put right and told of."""
    offered = {"scenario": ["", *NAMES], "population": ["", *BASES]}
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
answer = frame.answer_for(shell, looking_ahead, otherwise=ENGLAND, edition=life_limiting.edition(), **chosen)
tables = {name: table.data for name, table in answer.tables.items()}


def keep(name: str, key: str) -> None:
    value = st.session_state[key]
    controls.keep_page_choice(name, "" if value == NONE else str(value))


def say(kind: str) -> None:
    for note in answer.notes:
        if note.kind == kind:
            st.markdown(note.text)


def beside_the_fan(kinds: Callable[[str], bool]) -> None:
    """The notes about the lead picture, as the mode says them."""
    for note in answer.notes_about("fan"):
        text = {"families": note.plain, "show": note.brief}.get(mode, note.text)
        if text and kinds(note.kind):
            st.markdown(text)


def picture() -> None:
    beside_the_fan(lambda kind: kind == "gentle")
    if mode == "explore":
        choices_row()
    names = fans.drawn(answer, mode, chosen["scenario"])
    st.html(fans.fan_key(names, mode))
    st.vega_lite_chart(
        fans.fan_data(answer, names, mode), fans.fan(answer, mode, names, chosen["scenario"]), theme=None,
        alt=f"{answer.title}. {words.sentence(answer.headline, mode)}", key="chart_fan",
    )  # fmt: skip
    beside_the_fan(lambda kind: kind != "gentle")


def choices_row() -> None:
    left, right = st.columns(2)
    state = st.session_state
    state["ahead_scenario"], state["ahead_population"] = chosen["scenario"] or NONE, chosen["population"] or next(iter(BASES))
    left.selectbox(
        "Scenario to tell of", [NONE, *NAMES], key="ahead_scenario", on_change=keep, args=("scenario", "ahead_scenario"),
        format_func=lambda name: NAMES.get(name, "None in particular"),
    )  # fmt: skip
    right.selectbox(
        "Population to 2030", list(BASES), key="ahead_population", on_change=keep, args=("population", "ahead_population"),
        format_func=lambda name: BASES[name],
    )  # fmt: skip


def draw_own() -> None:
    rise, fades = start_of_own(life_limiting.shipped())
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
        if chosen["scenario"] == OWN:
            controls.keep_page_choice("scenario", "")
        st.rerun()
    wanted = controls.page_choice("solve")
    st.session_state["ahead_solve"] = wanted if wanted in PUBLISHED else NONE
    end = st.selectbox(
        "Find the damping that ends at", [NONE, *PUBLISHED], key="ahead_solve", on_change=keep, args=("solve", "ahead_solve"),
        format_func=lambda name: NAMES.get(name, "None in particular"),
    )  # fmt: skip
    say(f"solved {end}")


def draw_populations() -> None:
    rows = tables["populations"].rename(columns={"population": "need", "scenario": "series", "children": "share"})[["need", "series", "share"]]
    series = list(dict.fromkeys(rows["series"]))
    listed = [(row.need, row.series, row.share) for row in rows.itertuples()]
    st.html(charts.dots_key(series))
    st.vega_lite_chart(
        charts.dots_data(listed), charts.dots(mode, list(dict.fromkeys(rows["need"])), series, "Children in England, 2030"),
        theme=None, alt=answer.tables["populations"].caption, key="chart_populations",
    )  # fmt: skip


def draw_known() -> None:
    for place, (said, rows, spec) in enumerate(outlooks.known_panels(answer, mode)):
        st.markdown(f"{said}:")
        st.vega_lite_chart(rows, spec, theme=None, alt=f"{said}. {answer.tables['known'].caption}", key=f"chart_known_{place}")


def draw_backtest() -> None:
    """Errors and coverage of a series, and the sentence that goes with it."""
    called = send_ahead.SERIES
    name = st.segmented_control("Tried on", list(called), format_func=lambda key: called[key], default="plans", key="tested_series", required=True, wrap=True)
    wrong, *sure = [note.text for note in answer.notes_about("backtest") if note.kind == f"tested {name}"]
    st.markdown(wrong)
    data = outlooks.tested_data(answer, name)
    if not data.empty:
        st.vega_lite_chart(data, outlooks.tested(mode, data), theme=None, alt=f"{called[name]}. {wrong}", key="chart_backtest")
        st.markdown(outlooks.TESTED_KEY)
    for text in [*sure, *(note.text for note in answer.notes_about("backtest") if note.kind == "beside")]:
        st.markdown(text)


def draw_send() -> None:
    called = send_ahead.SERIES
    name = st.segmented_control("Numbers", list(called), format_func=lambda key: called[key], default="plans", key="send_series", required=True, wrap=True)
    if called[name] in send_ahead.too_short(tables["send"]):
        say(f"shade {name}")
        return
    data = outlooks.send_data(answer, name)
    st.html(outlooks.send_key())
    spec = outlooks.send(mode, data, "Plans in January" if name == "plans" else "% of pupils", school=name != "plans")
    st.vega_lite_chart(data, spec, theme=None, alt=answer.tables["send"].caption, key="chart_send")
    say(f"shade {name}")


def draw_handover() -> None:
    said, caption = next(note.text for note in answer.notes_about("handover")), answer.tables["handover"].caption
    whole, years = outlooks.together_data(answer), outlooks.handover_data(answer)
    st.vega_lite_chart(whole, outlooks.together(mode, whole), theme=None, alt=f"{caption}. {said}", key="chart_handover")
    if len(years):
        st.markdown("By single year, from the published low to the published high rate:")
        st.html(outlooks.handover_key())
        st.vega_lite_chart(years, outlooks.handover(mode, years), theme=None, alt=f"{caption}, by single year", key="chart_handover_years")


def draw_fitted() -> None:
    st.vega_lite_chart(outlooks.quantiles_data(answer), outlooks.quantiles(answer, mode), theme=None, alt=answer.tables["fitted"].caption, key="chart_fitted")


def part(name: str, heading: str, draw: Callable[[], None], *, begin_open: bool = False) -> None:
    """A part of Look closer: its first sentence, its picture, and what else is said of it."""

    def whole() -> None:
        first, *rest = [note.text for note in answer.notes_about(name)] or [""]
        st.markdown(first)
        draw()
        for text in rest:
            st.markdown(text)

    frame.closer(answer, name, heading, whole, begin_open=begin_open)


def look_closer() -> None:
    if "fitted" in tables:
        part("fitted", "A trend fitted to the yearly figures", draw_fitted, begin_open=True)
    frame.closer(answer, "backtest", "How wrong would we have been?", draw_backtest, begin_open=True)
    part("scenarios", "Your own scenario, and all scenarios in numbers", draw_own, begin_open=any(chosen[name] for name in NUMBERS))
    part("populations", "The population matters too", draw_populations)
    part("known", "By age, sex, ethnic group and diagnosis", draw_known)
    part("send", "SEND numbers on the same method", draw_send)
    part("handover", "Turning 18", draw_handover)
    frame.see_the_numbers(answer, "areas", "**England, its regions and those compared**")


frame.draw_page(shell, answer, picture, look_closer)
