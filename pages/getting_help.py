"""Getting help: how long do families wait, and who decides?"""

import pandas as pd
import streamlit as st

from sendlib.questions import getting_help, health_waits, process_tables
from sendlib.questions.answer import percent, written
from sendlib.tables import waits_mental_health
from sendlib.tables.community_workbook import SERVICES
from sendlib.tables.periods import spoken
from sendlib.view import charts, frame, waits

shell = frame.begin_page()
answer = frame.answer_for(shell, getting_help)
mode = shell.view.mode
tables = {name: table.data for name, table in answer.tables.items()}
NAME = answer.area.name
MEAN = f"Mean of {answer.comparators}"
COMPARED = [NAME, "Mean of those compared", "England"]
PERSONAL_BUDGETS = "Plans with a personal budget"


def picture() -> None:
    data = tables["on_time"].rename(columns={"share": NAME, "comparator_mean": MEAN, "england": "England"})
    long = data.melt("period", [NAME, MEAN, "England"], var_name="whose", value_name="share")
    # A line without any figure would be an empty entry of the key.
    order = [name for name in (NAME, MEAN, "England") if long.loc[long["whose"].eq(name), "share"].notna().any()]
    full = waits.every_period(long[long["whose"].isin(order)], "period", "whose", "share", list(data["period"]))
    short = mode == "show"
    breaks = [("2020", "Law eased" if short else "1"), ("2022", "New collection" if short else "2")]
    st.html(charts.lines_key(order))
    st.vega_lite_chart(
        full,
        waits.lines(mode, "period", "share", "whose", order, "Calendar year", "Plans issued within 20 weeks, %", breaks, top=100, height=365 if short else 300),
        theme=None,
        alt=f"{answer.title}. {answer.headline.councillor}",
        key="chart_on_time",
    )
    if not short:
        st.markdown(getting_help.BREAKS_PLAIN if mode == "families" else getting_help.BREAKS)
        st.markdown(getting_help.STANDARD_PLAIN if mode == "families" else getting_help.STANDARD)


def draw_steps(name: str) -> None:
    """Shares of the newest year beside the mean and England."""
    table = tables[name].rename(columns={"share": COMPARED[0], "comparator_mean": COMPARED[1], "england": COMPARED[2]})
    newest = table[table["period"].eq(table["period"].max()) & table["share_of"].ne(process_tables.NO_SHARE)]
    newest = newest.assign(measure=newest["measure"].map(process_tables.short))
    rows = [(row["measure"], series, row[series]) for _, row in newest.iterrows() for series in COMPARED]
    st.markdown(f"In {spoken(str(newest['period'].iloc[0]))}, per cent of: {'; '.join(dict.fromkeys(newest['share_of']))}.")
    draw_dots(name, rows, list(newest["measure"]), COMPARED, "%")
    missing = [row["measure"] for _, row in newest.iterrows() if pd.isna(row[NAME])]
    if missing:
        st.markdown(f"No figure of {NAME} is drawn for: {'; '.join(missing)}.")


def draw_dots(name: str, rows: list[tuple[str, str, float]], order: list[str], series: list[str], x_title: str) -> None:
    """Marks on one axis; what is hidden or missing has none."""
    data = charts.dots_data(rows, mode)
    if data.empty:
        st.info(f"Not available for {NAME}.")
        return
    drawn = [label for label in order if data["need"].eq(label).any()]
    st.html(charts.dots_key(series))
    st.vega_lite_chart(data, charts.dots(mode, drawn, series, x_title), theme=None, alt=answer.tables[name].caption, key=f"chart_{name}")


def draw_lines(name: str, data: pd.DataFrame, series: str, y: str, x_title: str, y_title: str, breaks: tuple[health_waits.Break, ...] = (), months: bool = False) -> None:
    """Up to four lines with the numbered breaks of their series."""
    known = data.dropna(subset=[y])
    order = [line for line in dict.fromkeys(data[series]) if known[series].eq(line).any()][:4]
    if not order:
        st.info("No figure was published, so nothing is drawn.")
        return
    shown = data[data[series].isin(order)]
    periods = waits.all_months(list(data["period"])) if months else sorted(data["period"].unique())
    inside = [one for one in breaks if periods[0] <= one.period <= periods[-1]]
    marks = [(one.period, str(number)) for number, one in enumerate(inside, start=1)]
    full = waits.every_period(shown, "period", series, y, periods)
    st.html(charts.lines_key(order))
    spec = waits.lines(mode, "period", y, series, order, x_title, y_title, marks, months=months)
    st.vega_lite_chart(full, spec, theme=None, alt=answer.tables[name].caption, key=f"chart_{name}")
    if inside:
        said = [f"{number}: {one.text} ({pd.Timestamp(one.period):%B %Y})." if months else f"{number}: {one.text}." for number, one in enumerate(inside, start=1)]
        st.markdown("Breaks: " + " ".join(said))


def own_step(name: str, measures: list[str], y: str, y_title: str, breaks: tuple[health_waits.Break, ...] = ()) -> None:
    rows = tables[name]
    draw_lines(name, rows[rows["measure"].isin(measures)], "measure", y, "Year", y_title, breaks)


def draw_appeals() -> None:
    rows = tables["tribunal"]
    rows = rows[rows["measure"].str.startswith("Appeals")].rename(columns={"share": COMPARED[0], "comparator_mean": COMPARED[1], "england": COMPARED[2]})
    long = rows.melt("period", COMPARED, var_name="whose", value_name="rate")
    draw_lines("tribunal", long, "whose", "rate", "Calendar year", "Appeals per 100 decisions")
    rows = tables["tribunal"]
    rows = rows[rows["period"].eq(rows["period"].max()) & ~rows["measure"].str.startswith(("Appeals", "Decisions"))]
    said = [
        f"- {row['measure']}: " + ("not available" if pd.isna(row["counted"]) else f"{written(row['counted'])}, {percent(row['share'])} (England {percent(row['england'])})")
        for _, row in rows.iterrows()
    ]
    st.markdown(f"In {rows['period'].max()}, with the share of all requests or assessments:\n\n" + "\n".join(said))


def draw_overlaps() -> None:
    lines = [
        f"- {row['health_area']}, {row['health_level'][0].lower()}{row['health_level'][1:]}: {health_waits.part_of(row['share_of_authority'])} of the"
        f" area's children live in it; they are {health_waits.part_of(row['share_of_health_area'])} of its children."
        for _, row in tables["health_areas"].iterrows()
    ]
    st.markdown("\n".join(lines))


def choose_area(name: str) -> str:
    """One NHS area where there are several; they are never put together."""
    areas = [area for area in dict.fromkeys(tables[name]["health_area"]) if area != "England"]
    return areas[0] if len(areas) == 1 else str(st.selectbox("NHS area", areas, key=f"health_{name}"))


def choose_service(name: str) -> str:
    services = list(dict.fromkeys(tables[name]["service"]))
    return str(st.selectbox("Service", services, index=services.index(SERVICES[health_waits.MAIN]), key=f"service_{name}"))


def short_service(service: str) -> str:
    """A service's name for the axis of a picture: at most two lines."""
    name = service.removeprefix("Therapy interventions: ").split(" (")[0]
    return {SERVICES["screening"]: "Screening and immunisation", SERVICES["long_term_conditions"]: "Long-term conditions: nursing and therapy"}.get(service, name)


def draw_community() -> None:
    chosen = choose_area("community")
    rows = tables["community"]
    rows = rows[rows["health_area"].isin([chosen, "England"])]
    order = list(rows.dropna(subset=["over_52_share"]).drop_duplicates("service")["service"])
    order = [short_service(service) for service in order]
    points = [(short_service(row["service"]), row["health_area"], row["over_52_share"]) for _, row in rows.iterrows()]
    draw_dots("community", points, order, [chosen, "England"], "Waiting over 52 weeks, % of the list")
    without = list(rows.loc[rows["health_area"].eq(chosen) & rows["over_52_share"].isna(), "service"])
    if without:
        st.markdown(f"No mark of {chosen}, because nothing was published or nobody was on the list: {'; '.join(without)}.")


def draw_over_time() -> None:
    service = choose_service("community_over_time")
    kinds = {"over_52_share": "Share over 52 weeks", "waiting": "Children waiting", "over_52": "Over 52 weeks", "over_104": "Over 104 weeks"}
    kind = st.segmented_control("Show", list(kinds), default="over_52_share", format_func=lambda code: kinds[code], key="kind_over_time", required=True)
    rows = tables["community_over_time"]
    rows = rows[rows["service"].eq(service)]
    if kind != "over_52_share":
        rows = rows[rows["health_area"].ne("England")]
    breaks = tuple(health_waits.breaks(service, list(rows["health_area"])))
    title = "Over 52 weeks, % of the list" if kind == "over_52_share" else kinds[str(kind)]
    draw_lines("community_over_time", rows, "health_area", str(kind), "Month", title, breaks, months=True)
    areas = rows[rows["health_area"].ne("England")]
    for text in health_waits.jumps(areas).values():
        st.markdown(text)
    newest = areas[areas["period"].eq(areas["period"].max())]
    known = ["not known" if pd.isna(number) else f"{number:.0f}" for number in newest["not_submitting"]]
    silent = "; ".join(f"{area} {number}" for area, number in zip(newest["health_area"], known, strict=True))
    st.markdown(f"Organisations in scope that sent nothing in the newest month: {silent}.")


def draw_bands() -> None:
    chosen, service = choose_area("bands"), choose_service("bands")
    rows = tables["bands"]
    rows = rows[rows["service"].eq(service) & rows["health_area"].isin([chosen, "England"])]
    points = [(row["waited"], row["health_area"], row["share"]) for _, row in rows.iterrows()]
    draw_dots("bands", points, list(dict.fromkeys(rows["waited"])), [chosen, "England"], "% of the list")


def draw_silent() -> None:
    st.markdown("\n".join(f"- {row['health_area']}: {row['not_submitting']:.0f}" for _, row in tables["silent"].iterrows()))
    st.markdown("The snapshot holds how many, not their names. An area without any list has no figure and is never drawn as nought.")


def draw_contacts() -> None:
    breaks = (health_waits.Break("2022-07-31", "From clinical commissioning groups to sub-ICB locations"), health_waits.Break("2022-08-31", "A cyber incident, to March 2023"))
    draw_lines("contacts", tables["contacts"], "health_area", "with_contact", "Twelve months to", "Children with a contact", breaks, months=True)


def draw_four_weeks() -> None:
    names = {measure.name: code for code, measure in waits_mental_health.WAITS.items()}
    first = waits_mental_health.WAITS["MRS08b"].name
    chosen = str(st.selectbox("Measure", list(names), index=list(names).index(first), key="measure_four_weeks"))
    unit = waits_mental_health.WAITS[names[chosen]].unit
    rows = tables["four_weeks"]
    rows = rows[rows["measure"].eq(chosen)]
    if unit == "referrals":
        rows = rows[rows["health_area"].ne("England")]
    st.markdown("The clock stops in full when there was help that the publisher counts as meaningful.")
    draw_lines("four_weeks", rows, "health_area", "figure", "Month", {"percent": "%", "days": "Days", "referrals": "Referrals"}[unit], months=True)


def draw_autism() -> None:
    st.warning(health_waits.AUTISM_WARNING)
    rows = tables["autism"]
    rows = rows[rows["period"].eq(rows["period"].max())].dropna(subset=["seen_late"])
    who = rows["health_area"] + ", " + rows["age"]
    pieces = [pd.DataFrame({"who": who, "part": part, "place": place, "share": rows[column]}) for place, (part, column) in enumerate(zip(waits.PARTS, ("seen_late", "seen_early_or_not_seen"), strict=True))]
    st.html(waits.two_parts_key())
    st.vega_lite_chart(pd.concat(pieces, ignore_index=True), waits.two_parts(mode, list(who)), theme=None, alt=answer.tables["autism"].caption, key="chart_autism")
    named = [area for area in dict.fromkeys(tables["autism"]["health_area"]) if area not in set(rows["health_area"])]
    if named:
        st.markdown(f"No figure in the newest month (hidden, or nobody): {'; '.join(named)}.")


def draw_officers() -> None:
    rows = tables["officers"]
    rows = rows[rows["period"].eq(rows["period"].max())]
    st.markdown(f"{spoken(rows['period'].max())}:\n\n" + "\n".join(f"- {row['role']}: {row['in_post']}" for _, row in rows.iterrows()))
    st.markdown("The SEND code of practice asks for a medical or a clinical officer; an area may have either.")


def draw_reviews() -> None:
    draw_steps("reviews")
    st.markdown(
        "A meeting on record need not have been in time: DfE's count includes plans whose last meeting was before the year."
        " No meeting on record, and decisions later than 4 weeks, are what can be called late here."
    )


def look_closer() -> None:
    collected = (health_waits.Break("2022", "from 2022 each request and plan is collected by itself"),)
    st.subheader("Access")
    frame.closer(answer, "late", "Plans by the weeks they took", lambda: draw_steps("late"))
    frame.closer(answer, "decisions", "Requests and decisions", lambda: draw_steps("decisions"))
    frame.closer(answer, "tribunal", "Mediation and tribunal", draw_appeals)
    st.markdown("**Waits for the NHS.** These are figures of NHS areas, counted where a service is run. They are not figures of the people who live here.")
    frame.closer(answer, "health_areas", f"Which NHS areas {answer.area.short_name} lies in", draw_overlaps)
    frame.closer(answer, "community", "Community services: who waits over 52 weeks", draw_community)
    frame.closer(answer, "community_over_time", "Community services over time", draw_over_time)
    frame.closer(answer, "bands", "Community services by weeks waited", draw_bands)
    frame.closer(answer, "silent", "How many organisations sent nothing", draw_silent)
    frame.closer(answer, "contacts", "Mental health: children with a contact", draw_contacts)
    frame.closer(answer, "four_weeks", "Mental health: waits", draw_four_weeks)
    frame.closer(answer, "autism", "Autism: suspected autism referrals open for 13 weeks or more", draw_autism)
    st.markdown(getting_help.NOT_HELD)
    st.subheader("Demand")
    frame.closer(
        answer, "demand", "Requests, assessments and plans issued",
        lambda: own_step("demand", list(tables["demand"]["measure"].unique()), "counted", "In the year", collected),
    )  # fmt: skip
    frame.closer(answer, "assessments", "Assessments and what came of them", lambda: draw_steps("assessments"))
    frame.closer(answer, "ceased", "Plans that ceased, and why", lambda: draw_steps("ceased"))
    st.subheader("Capacity")
    frame.closer(answer, "reviews", "Annual reviews: due and late", draw_reviews)
    frame.closer(
        answer, "budgets", "Personal budgets",
        lambda: own_step("budgets", [PERSONAL_BUDGETS], "counted", "Plans with a personal budget", (health_waits.Break("2023-01", "from January 2023 each plan is collected by itself"),)),
    )  # fmt: skip
    frame.closer(answer, "officers", "Designated medical, clinical and social care officers", draw_officers)
    frame.see_the_numbers(answer, "comparators", "**Each of those compared**")


frame.draw_page(shell, answer, picture, look_closer)
