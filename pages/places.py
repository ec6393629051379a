"""Places: where do children live, and where is the support?"""

import pandas as pd
import streamlit as st

from sendlib.questions import comparators, own_points, places
from sendlib.view import charts, controls, frame, maps, words

shell = frame.begin_page()
answer = frame.answer_for(shell, places)
mode = shell.view.mode
tables = {name: table.data for name, table in answer.tables.items()}
NAME, CODE = answer.area.name, answer.area.code
CODES = sorted(tables["map"]["area_code"])
STEP = 0.1  # degrees for a step of the hexagons' plane, as in the file that the browser fetches
HEIGHT = 235 if mode == "show" else 540
SHADES = {
    "per_1000": ("Children and young people with an EHC plan per 1,000 aged 0 to 25", 0),
    "free_school_meals": ("Pupils known to be eligible for free school meals, %", 0),
}


def choice(name: str, allowed: list[str]) -> str:
    """A choice of this page from the URL; the first one allowed where the URL has none or an unknown one."""
    value = controls.page_choice(name)
    if value and value not in allowed:
        st.warning(f"There is no '{value}' to choose for {name}. This is '{allowed[0]}'.")
        controls.keep_page_choice(name, "")
    return value if value in allowed else allowed[0]


def keep(name: str, key: str) -> None:
    controls.keep_page_choice(name, str(st.session_state[key]))


def take_click() -> None:
    """A click on an authority selects it; a click on nothing changes nothing."""
    picked = st.session_state["map"].selection.objects.get("areas", [])
    code = picked[0].get("properties", {}).get("c") if picked else None
    if code and code != CODE:
        controls.choose_area(code)


def centres() -> pd.DataFrame:
    shapes = shell.store.table("shapes")
    return shapes[shapes["kind"].eq("map")].set_index("area_code")[["x", "y"]].set_axis(["longitude", "latitude"], axis=1)


def missing_points(codes: list[str], layout: str) -> list[list[float]]:
    """A point in each authority without a figure."""
    shapes = shell.store.table("shapes")
    step = STEP if layout == "hexagons" else 1
    rows = shapes[shapes["kind"].eq("hexagon" if layout == "hexagons" else "map")].set_index("area_code").reindex(codes)
    return [[round(float(x) * step, 4), round(float(y) * step, 4)] for x, y in zip(rows["x"], rows["y"], strict=True)]


def flow_lines(threshold: int) -> list[dict[str, object]]:
    """The largest flows out and in, as lines between label points."""
    points = centres()
    lines: list[dict[str, object]] = []
    for name, colour in (("flows_out", maps.OUT), ("flows_in", maps.INTO)):
        rows = tables[name][tables[name]["pupils"].ge(threshold) & tables[name]["area_code"].isin(points.index)]
        for row in rows.head(15).itertuples():
            here, there = points.loc[CODE], points.loc[row.area_code]
            # In and out between the same two authorities lie side by side.
            shift = 0.012 if name == "flows_in" else 0
            lines.append(
                {
                    "s": [round(here.longitude + shift, 4), round(here.latitude + shift, 4)],
                    "t": [round(there.longitude + shift, 4), round(there.latitude + shift, 4)],
                    "w": round(min(2 + row.pupils / 8, 14), 1),
                    "c": maps.rgb(colour),
                }
            )
    return lines


def picture() -> None:
    layout = choice("layout", ["map", "hexagons"])
    shade = choice("shade", list(SHADES))
    on_top = choice("show", ["schools", "lines", "both", "nothing"])
    threshold = int(choice("from", [str(number) for number in (5, 10, 20, 50)]))
    if mode == "explore":
        controls_row(layout, shade, on_top, threshold)
    table = tables["map"].set_index("area_code").loc[CODES]
    known = table[shade].dropna()
    limits = [float(known[table[f"{shade}_class"].ge(step)].min()) for step in range(1, places.CLASSES)]
    unit, decimals = SHADES[shade]
    around = centres().loc[[CODE, *(code for code in answer_neighbours() if code in table.index)]]
    if layout == "map":
        view = maps.ALL_OF_ENGLAND if len(around) < 2 or len(around) > 40 else maps.looking_at(nearest(around))
    else:
        hexagons = shell.store.table("shapes").query("kind == 'hexagon'")
        view = maps.whole(pd.DataFrame({"longitude": hexagons["x"] * STEP, "latitude": hexagons["y"] * STEP}), HEIGHT)
    lines = flow_lines(threshold) if on_top in ("lines", "both") and layout == "map" else []
    shown_schools = on_top in ("schools", "both") and layout == "map"
    st.html(maps.key(limits, decimals, unit, schools=list(places.kinds_of_school(shell.store).values()) if shown_schools else [], with_missing=len(known) < len(table)))
    st.pydeck_chart(
        with_schools_held(maps.deck(
            list(table[f"{shade}_class"].astype(int)), CODES.index(CODE), view,
            missing=missing_points(list(table.index[table[shade].isna()]), layout), hexagons=layout == "hexagons", schools=shown_schools, lines=lines, own_points=st.session_state.get("own_points", []),
        )),
        height=HEIGHT,
        on_select=take_click,
        selection_mode="single-object",
        key="map",
        alt=alt_text(shade, unit, decimals),
    )  # fmt: skip
    if lines:
        st.markdown(
            f"Lines: special-school pupils who cross the border of {NAME}, {threshold} or more in a typical year,"
            " the fifteen largest each way; purple out, turquoise in. Their numbers are under Look closer."
        )
    elif on_top in ("lines", "both") and layout == "map":
        st.markdown(f"No flow across the border of {NAME} has {threshold} or more pupils in a typical year, or none was published.")
    if mode != "show":
        st.markdown(
            f"{NAME} has the thick outline: {spoken(shade, unit, decimals)} A click on an authority selects it; the picker above"
            f" does the same. {places.about_points(shell.store)}"
            if layout == "map"
            else f"Each authority has one hexagon of the same size; {NAME} has the thick outline: {spoken(shade, unit, decimals)}"
        )


def with_schools_held(deck):
    """The same map; a register that a refresh has brought travels with it, because the file that browsers keep is that of 2021."""
    for layer in deck.layers:
        if layer.id == "schools" and not places.is_shipped_register(shell.store):
            layer.data = places.school_points(shell.store)
    return deck


def answer_neighbours() -> list[str]:
    versus = shell.view.versus if shell.view.versus != controls.PICKED else "neighbours-2025"
    return list(comparators.choose(shell.store, answer.area, versus).codes)


def nearest(points: pd.DataFrame) -> pd.DataFrame:
    """The own area and the half of the neighbours that are nearest, so that the map is not always England."""
    own = points.loc[CODE]
    away = ((points["longitude"] - own["longitude"]) * 0.6) ** 2 + (points["latitude"] - own["latitude"]) ** 2
    return points.loc[away.sort_values().index[: max(4, len(points) // 3)]]


def spoken(shade: str, unit: str, decimals: int) -> str:
    row = tables["map"].set_index("area_code").loc[CODE]
    if pd.isna(row[shade]):
        return f"{unit}: not available."
    place = ["the lowest fifth", "the second lowest fifth", "the middle fifth", "the second highest fifth", "the highest fifth"]
    return f"{unit}: {row[shade]:.{decimals}f}, in {place[int(row[f'{shade}_class'])]} of authorities."


def alt_text(shade: str, unit: str, decimals: int) -> str:
    return f"Map of England by authority. {spoken(shade, unit, decimals)} {answer.headline.councillor} The same numbers are in the table below."


def controls_row(layout: str, shade: str, on_top: str, threshold: int) -> None:
    first, second, third, fourth = st.columns(4)
    state = st.session_state
    state["map_layout"], state["map_shade"], state["map_show"], state["map_from"] = layout, shade, on_top, str(threshold)
    first.selectbox("Picture", ["map", "hexagons"], key="map_layout", format_func=lambda v: {"map": "Map", "hexagons": "One hexagon each"}[v], on_change=keep, args=("layout", "map_layout"))
    second.selectbox("Shade", list(SHADES), key="map_shade", format_func=lambda v: {"per_1000": "Plans per 1,000", "free_school_meals": "Free school meals"}[v], on_change=keep, args=("shade", "map_shade"))
    third.selectbox("On top", ["schools", "lines", "both", "nothing"], key="map_show", format_func=lambda v: {"schools": "Special schools", "lines": "Who travels", "both": "Both", "nothing": "Nothing"}[v], on_change=keep, args=("show", "map_show"))
    fourth.selectbox("Lines from", ["5", "10", "20", "50"], key="map_from", format_func=lambda v: f"{v} pupils a year", on_change=keep, args=("from", "map_from"))


def draw_flows(name: str) -> None:
    rows = tables[name][tables[name]["area_code"].ne("")].dropna(subset=["pupils"]).head(12)
    if rows.empty:
        st.info(f"No flow of five or more pupils a year, or not available for {NAME}.")
        return
    st.vega_lite_chart(
        rows[["area", "pupils"]], charts.bars(mode, "area", "pupils", list(rows["area"]), "Pupils in a typical year", format_=",.0f"),
        theme=None, alt=answer.tables[name].caption, key=f"chart_{name}",
    )  # fmt: skip


def draw_placement() -> None:
    table = tables["placement"]
    kinds = list(dict.fromkeys(table["kind"]))
    kind = st.selectbox("Kind of placement", kinds, index=kinds.index("Independent or non-maintained special school"), key="placement_kind")
    rows = table[table["kind"].eq(kind)]
    if rows["share"].notna().sum() == 0:
        st.info(f"Not available for {NAME}.")
        return
    order = list(dict.fromkeys(rows["group"]))
    st.html(charts.lines_key(order))
    st.vega_lite_chart(
        rows[["period", "share", "group"]].assign(period=rows["period"].str.removesuffix("-01")),
        charts.lines(mode, "period", "share", "group", order, "January", "% of all plans"),
        theme=None, alt=f"{answer.tables['placement'].caption}: {kind}", key="chart_placement",
    )  # fmt: skip
    st.markdown("From January 2023 DfE collects each plan by itself: compare across 2022 and 2023 with care.")


def draw_residential() -> None:
    rows = tables["residential"]
    rows = rows[rows["kind"].eq("All")].dropna(subset=["plans"])
    st.markdown("Residential placements of 38 weeks or more, all lengths together.")
    if rows.empty:
        st.info(f"Not available for {NAME}.")
        return
    st.vega_lite_chart(
        rows[["period", "plans", "kind"]].assign(period=rows["period"].str.removesuffix("-01")),
        charts.lines(mode, "period", "plans", "kind", ["All"], "January", "Placements"),
        theme=None, alt=answer.tables["residential"].caption, key="chart_residential",
    )  # fmt: skip


def draw_needs() -> None:
    st.markdown(
        "**Different children.** The dots are pupils of the state special schools located here; the lines are plans of those who"
        " live here. Needs that a school is approved for are in no source shipped here."
    )
    table = tables["need_here"].rename(columns={"name": "name_"})
    series = ["Pupils in state special schools here", f"Plans from {NAME}"]
    rows = [(r.name_, series[0], r.pupils_share) for r in table.itertuples()] + [(r.name_, series[1], r.plans_share) for r in table.itertuples()]
    data = charts.dots_data(rows)
    if data[data["series"].eq(series[0])].empty:
        st.info(f"Not available for {NAME}, or there is no state special school.")
        return
    st.html(charts.dots_key(series))
    order = list(dict.fromkeys(data.sort_values("share", ascending=False)["need"]))
    st.vega_lite_chart(data, charts.dots(mode, order, series, "%"), theme=None, alt=answer.tables["need_here"].caption, key="chart_need_here")


def draw_provision() -> None:
    st.markdown("Schools whose name one school alone has in DfE's file of 2022/23; others can not be given to an authority safely.")
    st.table(words.readable(answer.tables["provision"], mode))


def draw_distance() -> None:
    st.markdown("A straight line on the map is not a journey: roads are longer, and estuaries much longer.")
    st.table(words.readable(answer.tables["distance"], mode))


def draw_own_points() -> None:
    st.markdown(
        "Add your own places, such as short breaks or respite: a CSV file with the columns name, lat, lon, type, places."
        " It stays in the memory of this browser session and is never written or sent on."
    )
    upload = st.file_uploader("CSV file", type="csv", key="own_points_file")
    if upload is None:
        st.session_state.pop("own_points", None)
        return
    points, messages = own_points.read(upload.getvalue())
    for message in messages:
        st.warning(message)
    rows = [{"x": point.longitude, "y": point.latitude, "n": point.name} for point in points]
    if st.session_state.get("own_points") != rows:
        st.session_state["own_points"] = rows
        st.rerun()
    if points:
        st.table(pd.DataFrame([{"Name": p.name, "Type": p.kind, "Places": "not given" if p.places is None else p.places} for p in points]))


def look_closer() -> None:
    frame.closer(answer, "flows_out", f"Who goes out of {NAME}", lambda: draw_flows("flows_out"))
    frame.closer(answer, "flows_in", f"Who comes into {NAME}", lambda: draw_flows("flows_in"))
    frame.closer(answer, "placement", "Kinds of placement over time", draw_placement)
    frame.closer(answer, "residential", "Residential placements", draw_residential)
    frame.closer(answer, "need_here", "Needs of residents beside needs in the special schools here", draw_needs)
    frame.closer(answer, "provision", "Special schools here, by kind", draw_provision)
    frame.closer(answer, "distance", "How far is the nearest special school?", draw_distance)
    own = st.expander("**Your own places**", key="own_places", on_change="rerun")
    if own.open:
        with own:
            draw_own_points()
    frame.see_the_numbers(answer, "balance", "**Pupils and plans in every authority**")


frame.draw_page(shell, answer, picture, look_closer)
