"""Getting help: how long do families wait, and who decides?"""

import pandas as pd
import streamlit as st

from sendlib.questions import getting_help
from sendlib.questions.answer import said
from sendlib.questions.getting_help import health_waits, help_tables, process_tables
from sendlib.questions.getting_help.health_changes import month_of
from sendlib.questions.getting_help.health_people import AUTISM_BARS
from sendlib.tables import waits_mental_health
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.tables.process_measures import MEASURES
from sendlib.view import charts, frame, waits

shell = frame.begin_page()
answer = frame.answer_for(shell, getting_help)
mode = shell.view.mode
tables = {name: table.data for name, table in answer.tables.items()}
NAME = answer.area.name
COMPARED = [NAME, "Mean of those compared", "England"]
PERSONAL_BUDGETS = "Plans with a personal budget"


def picture() -> None:
    short = mode == "show"
    long, order = waits.on_time(answer, mode)
    styles = waits.line_styles(waits.on_time_lines(answer, mode), order)
    st.html(charts.lines_key(order, styles))
    breaks = [(one, ("Law eased" if one == "2020" else "New collection") if short else str(number)) for number, one in enumerate(breaks_of("on_time")["period"], start=1)]
    spec = waits.lines(mode, "period", "share", "whose", order, "Calendar year", "Plans issued within 20 weeks, %", breaks, top=100, height=270 if len(order) > 3 else 300, styles=styles)
    st.vega_lite_chart(long, spec, theme=None, alt=waits.alt_lines(answer.title, long, "period", "whose", "share", "%"), key="chart_on_time")
    if short:
        st.markdown("\n\n".join(note.brief for note in answer.notes_about("on_time") if note.brief))
    else:
        frame.beside(answer, "on_time", mode)


def breaks_of(name: str, service: str = "") -> pd.DataFrame:
    rows = tables["breaks"]
    return rows[rows["about"].eq(name) & rows["service"].isin(["", service])]


def draw_steps(name: str) -> None:
    """Shares of the newest year beside the mean and England."""
    table = tables[name].rename(columns={"share": COMPARED[0], "comparator_mean": COMPARED[1], "england": COMPARED[2]})
    newest = table[table["period"].eq(table["period"].max()) & table["share_of"].ne(process_tables.NO_SHARE)]
    newest = newest.assign(measure=newest["measure"].map(process_tables.short))
    rows = [(row["measure"], series, row[series]) for _, row in newest.iterrows() for series in COMPARED]
    st.markdown(f"In {spoken(str(newest['period'].iloc[0]))}, per cent of: {'; '.join(dict.fromkeys(newest['share_of']))}.")
    draw_dots(name, rows, list(newest["measure"]), COMPARED, "%")
    say_missing(f"No mark of {NAME}", newest, "measure", NAME)
    without = newest.loc[newest[COMPARED[1]].isna(), "measure"]
    if len(without):
        st.markdown(f"No mean of those compared for {'; '.join(without)}: too few of them have a share of {process_tables.FEW} or more.")


def say_missing(start: str, rows: pd.DataFrame, name: str, value: str) -> None:
    """What has no mark, by the reason."""
    for why, names in help_tables.missing(rows, name, value).items():
        st.markdown(f"{start} for {'; '.join(names)}: {why}.")


def draw_dots(name: str, rows: list[tuple[str, str, float]], order: list[str], series: list[str], x_title: str) -> None:
    """Marks on one axis; what is hidden or missing has none."""
    data = charts.dots_data(rows)
    if data.empty:
        st.info("No figure was published, so nothing is drawn.")
        return
    drawn = [label for label in order if data["need"].eq(label).any()]
    st.html(charts.dots_key(series))
    st.vega_lite_chart(data, charts.dots(mode, drawn, series, x_title), theme=None, alt=waits.alt_marks(answer.tables[name].caption, data, series), key=f"chart_{name}")


def draw_lines(name: str, data: pd.DataFrame, series: str, y: str, x_title: str, y_title: str, service: str = "", months: bool = False) -> None:
    """Up to four lines with the numbered breaks of their series; who has no line is named, with the reason."""
    long, order = waits.known_lines(data, "period", series, y, months)
    without = data[~data[series].isin(order)]
    if not order:
        st.info("No figure was published, so nothing is drawn.")
    else:
        periods = list(dict.fromkeys(long["period"]))
        inside = breaks_of(name, service)
        inside = inside[inside["period"].between(periods[0], periods[-1])]
        marks = [(waits.on_axis(period, months), str(number)) for number, period in enumerate(inside["period"], start=1)]
        styles = waits.line_styles(list(data[series]), order)
        st.html(charts.lines_key(order, styles))
        spec = waits.lines(mode, "period", y, series, order, x_title, y_title, marks, months=months, span=(periods[0], periods[-1]) if months else None, styles=styles)
        shown = long.assign(period=long["period"].map(lambda period: waits.on_axis(period, months)))
        st.vega_lite_chart(shown, spec, theme=None, alt=waits.alt_lines(answer.tables[name].caption, shown, "period", series, y, y_title), key=f"chart_{name}")
        if len(inside):
            told = [f"{number}: {row['what']}{waits.month_in_brackets(row['period'], months)}." for number, (_, row) in enumerate(inside.iterrows(), start=1)]
            st.markdown("Breaks: " + " ".join(told))
    if "why" in data:
        newest = data[data["period"].eq(data["period"].max())]
        say_missing("No line", without[without["period"].eq(without["period"].max())], series, y)
        say_missing(f"No point in {spoken(str(data['period'].max()))}", newest[newest[series].isin(order)], series, y)
    beyond = [line for line in dict.fromkeys(without[series]) if without.loc[without[series].eq(line), y].notna().any()]
    if beyond:
        st.markdown(f"Not drawn, because a picture has room for four lines (see the numbers): {'; '.join(beyond)}.")


def draw_appeals() -> None:
    rows = tables["tribunal"]
    rows = rows[rows["measure"].eq(MEASURES["appeals"].name)].rename(columns={"share": COMPARED[0], "comparator_mean": COMPARED[1], "england": COMPARED[2]})
    draw_lines("tribunal", rows.melt("period", COMPARED, var_name="whose", value_name="rate"), "whose", "rate", "Calendar year", "Appeals per 100 decisions")
    say_missing(f"No point of {NAME}", rows, "period", COMPARED[0])


def own_step(name: str, measures: list[str], y: str, x_title: str, y_title: str) -> None:
    rows = tables[name]
    draw_lines(name, rows[rows["measure"].isin(measures)], "measure", y, x_title, y_title)


def draw_overlaps() -> None:
    lines = [
        f"- {row['health_area']}, {row['health_level'][0].lower()}{row['health_level'][1:]}: {health_waits.part_of(row['share_of_authority'])} of the"
        f" area's children live in it; they are {health_waits.part_of(row['share_of_health_area'])} of its children."
        for _, row in tables["health_areas"].iterrows()
    ]
    st.markdown("\n".join(lines))


def choose_area(name: str) -> str:
    """One NHS area where there are several, that with most of the children first; they are never put together."""
    held = set(tables[name]["health_area"])
    areas = [area for area in tables["health_areas"]["health_area"] if area in held]
    return areas[0] if len(areas) == 1 else str(st.selectbox("NHS area", list(dict.fromkeys(areas)), key=f"health_{name}"))


def choose_service(name: str) -> str:
    services = list(dict.fromkeys(tables[name]["service"]))
    return str(st.selectbox("Service", services, index=services.index(SERVICES[health_waits.MAIN]), key=f"service_{name}"))


def draw_community() -> None:
    chosen = choose_area("community")
    rows = tables["community"]
    rows = rows[rows["health_area"].isin([chosen, "England"])].assign(service=lambda found: found["service"].map(waits.short_service))
    points = [(row["service"], row["health_area"], row["over_52_share"]) for _, row in rows.iterrows()]
    draw_dots("community", points, list(dict.fromkeys(rows["service"])), [chosen, "England"], "Waiting over 52 weeks, % of the list")
    for area, own in rows.groupby("health_area", sort=False):
        say_missing(f"No mark of {area}", own, "service", "over_52_share")


def draw_over_time() -> None:
    service = choose_service("community_over_time")
    kinds = {"over_52_share": "Share over 52 weeks", "waiting": "Children waiting", "over_52": "Over 52 weeks", "over_104": "Over 104 weeks"}
    kind = str(st.segmented_control("Show", list(kinds), default="over_52_share", format_func=lambda code: kinds[code], key="kind_over_time", required=True))
    rows = tables["community_over_time"]
    rows = rows[rows["service"].eq(service)]
    if kind != "over_52_share":
        rows = rows[rows["health_area"].ne("England")]
    title = "Over 52 weeks, % of the list" if kind == "over_52_share" else kinds[kind]
    draw_lines("community_over_time", rows, "health_area", kind, "Month", title, service, months=True)
    st.markdown("\n\n".join(said(rows["changed"])))
    newest = rows[rows["period"].eq(rows["period"].max()) & rows["health_area"].ne("England")]
    silent = [f"{row['health_area']} {health_waits.sent_nothing(row['not_submitting'])}" for _, row in newest.iterrows()]
    st.markdown(f"Organisations in scope that sent nothing in the newest month: {'; '.join(silent)}.")


def draw_bands() -> None:
    chosen, service = choose_area("bands"), choose_service("bands")
    rows = tables["bands"]
    rows = rows[rows["service"].eq(service) & rows["health_area"].isin([chosen, "England"])]
    points = [(row["waited"], row["health_area"], row["share"]) for _, row in rows.iterrows()]
    draw_dots("bands", points, list(dict.fromkeys(rows["waited"])), [chosen, "England"], "% of the list")
    for area, own in rows.groupby("health_area", sort=False):
        say_missing(f"No mark of {area}", own, "waited", "share")


def draw_silent() -> None:
    st.markdown("\n".join(f"- {row['health_area']}: {row['not_submitting']:.0f}" for _, row in tables["silent"].iterrows()))


def draw_contacts() -> None:
    draw_lines("contacts", tables["contacts"], "health_area", "with_contact", "Twelve months to", "Children with a contact", months=True)
    st.markdown("\n\n".join(said(tables["contacts"]["changed"])))


def draw_four_weeks() -> None:
    first = waits_mental_health.WAITS["MRS08b"].name
    names = list(dict.fromkeys(measure.name for measure in waits_mental_health.WAITS.values()))
    chosen = str(st.selectbox("Measure", names, index=names.index(first), key="measure_four_weeks"))
    rows = tables["four_weeks"]
    rows = rows[rows["measure"].eq(chosen)]
    unit, months = rows["unit"].iloc[0], rows["months"].iloc[0]
    if unit == "referrals":
        rows = rows[rows["health_area"].ne("England")]
    x_title = "At the end of" if months == "1" else "Three months to"
    draw_lines("four_weeks", rows, "health_area", "figure", x_title, {"percent": "%", "days": "Days", "referrals": "Referrals"}[unit], months=True)


def draw_autism() -> None:
    rows = tables["autism"]
    rows = rows[rows["period"].eq(rows["period"].max())]
    data, order = waits.autism_bars(rows, mode)
    st.html(waits.two_parts_key(AUTISM_BARS))
    st.vega_lite_chart(data, waits.two_parts(mode, order, AUTISM_BARS), theme=None, alt=waits.alt_bars(answer.tables["autism"].caption, rows), key="chart_autism")
    say_missing("No bar", rows.assign(who=rows["health_area"] + ", " + rows["age"]), "who", "seen_late")


def draw_officers() -> None:
    rows = tables["officers"]
    rows = rows[rows["period"].eq(rows["period"].max())]
    st.markdown(f"{spoken(rows['period'].max())}:\n\n" + "\n".join(f"- {row['role']}: {row['in_post']}" for _, row in rows.iterrows()))


def look_closer() -> None:
    frame.see_the_numbers(answer, "comparators", f"**{NAME} and each of those compared: plans on time, requests turned down, appeals**")
    st.subheader("Access")
    frame.closer(answer, "late", "Plans by the weeks they took", lambda: draw_steps("late"))
    frame.closer(answer, "decisions", "Requests and decisions", lambda: draw_steps("decisions"))
    frame.closer(answer, "tribunal", "Mediation and tribunal", draw_appeals)
    st.markdown("**Waits for the NHS: figures of NHS areas**")
    frame.closer(answer, "health_areas", f"Which NHS areas {answer.area.short_name} lies in", draw_overlaps)
    frame.closer(answer, "community", "Community services: who waits over 52 weeks", draw_community)
    frame.closer(answer, "community_over_time", "Community services over time", draw_over_time)
    frame.closer(answer, "bands", "Community services by weeks waited", draw_bands)
    frame.closer(answer, "silent", "How many organisations sent nothing", draw_silent)
    frame.closer(answer, "contacts", "Mental health: children with a contact", draw_contacts)
    frame.closer(answer, "four_weeks", "Mental health: waits", draw_four_weeks)
    frame.closer(answer, "autism", f"Autism: suspected autism referrals open for 13 weeks or more, {month_of(tables['autism']['period'].max())}", draw_autism)
    st.subheader("Demand")
    measures = list(tables["demand"]["measure"].unique())
    frame.closer(answer, "demand", "Requests, assessments and plans issued", lambda: own_step("demand", measures, "counted", "Calendar year", "In the year"))
    frame.closer(answer, "assessments", "Assessments and what came of them", lambda: draw_steps("assessments"))
    frame.closer(answer, "ceased", "Plans that ceased, and why", lambda: draw_steps("ceased"))
    st.subheader("Capacity")
    frame.closer(answer, "reviews", "Annual reviews: due and late", lambda: draw_steps("reviews"))
    frame.closer(answer, "budgets", "Personal budgets", lambda: own_step("budgets", [PERSONAL_BUDGETS], "counted", "January", PERSONAL_BUDGETS))
    frame.closer(answer, "officers", "Designated medical, clinical and social care officers", draw_officers)


frame.draw_page(shell, answer, picture, look_closer)
