"""About the data: where does it come from, and can I trust it?"""

import pandas as pd
import streamlit as st

from sendlib import catalogue
from sendlib.store import TableInfo
from sendlib.tables import periods
from sendlib.tables.symbols import STATUSES, VALUE, WORDS
from sendlib.view import frame, refreshing

shell = frame.begin_page()
store = shell.store

st.title("Where does it come from, and can I trust it?")
st.markdown(
    "Every figure was read from the publisher's own file, checked, and kept with its source. The shipped figures need no network;"
    " newer ones can be fetched below. What a source does not hold is not available here either: nothing is estimated to fill a gap."
)
for message in store.damaged():
    st.error(message)
for message in store.problems:
    st.warning(message)

st.header("Newer figures")
st.markdown(
    "The publishers are asked for releases newer than those held. What comes is checked before it is used: its layout, its rows, its"
    " areas and England's totals. If anything is wrong, the figures held before stay."
)
refreshing.panel(store)
st.markdown(refreshing.not_brought(store))


def span(info: TableInfo) -> str:
    if not info.first_period:
        return "one list"
    return f"{periods.spoken(info.first_period)} to {periods.spoken(info.last_period)}" if info.first_period != info.last_period else periods.spoken(info.last_period)


st.header("The tables, and the release of each")
infos = sorted(store.tables.values(), key=lambda info: info.title)
st.table(
    pd.DataFrame(
        {
            "Table": [info.title for info in infos],
            "Covers": [span(info) for info in infos],
            "Rows": [f"{info.rows:,}" for info in infos],
            "From": [f"Fetched {info.sources[0].retrieved or ''}".strip() if info.live else "Shipped with the app" for info in infos],
            "Release": ["; ".join(f"{source.publication}: {source.release}" for source in info.sources) for info in infos],
        }
    )
)

st.header("Each table in detail")
for info in infos:
    with st.expander(f"{info.title} ({info.name})"):
        st.markdown(f"{info.grain[0].upper() + info.grain[1:]}. {info.rows:,} rows; {span(info)}. Columns: {', '.join(info.columns)}.")
        for source in info.sources:
            facts = [
                f"**[{source.publication}]({source.url})**, {source.release}",
                f"Publisher: {source.publisher}",
                f"Published: {source.published or 'the day is not in the files'} · Fetched: {source.retrieved or 'not recorded'}",
                f"Status: {source.status} · Licence: {source.licence}",
                source.note,
                f"SHA-256 of the publisher's file, or of the list of hashes where there are several: `{source.sha256}`",
            ]
            st.markdown("  \n".join(facts))
        missing = ", ".join(f"{WORDS[status]}: {count:,}" for status, count in info.missing.items())
        st.markdown(f"**Missing values.** {missing[0].upper() + missing[1:] if missing else 'None'}.")
        st.markdown("**Breaks in the series**\n" + "\n".join(f"- {text}" for text in info.breaks))
        if info.notes:
            st.markdown("**Left out or put right when the files were read**\n" + "\n".join(f"- {text}" for text in info.notes))
        st.markdown(f"SHA-256 of this table: `{info.sha256}`")

st.header("When the sources change")
sources = catalogue.load("sources")
st.table(
    pd.DataFrame(
        {
            "Source": [facts["publication"] for facts in sources.values()],
            "Release here": [facts["release"] for facts in sources.values()],
            "Published": [facts.get("published", "not in the files") for facts in sources.values()],
            "Next": [facts["next"] for facts in sources.values()],
        }
    )
)

st.header("Five kinds of missing")
st.markdown("A missing figure is never drawn as a zero. It is one of these:")
meanings = {
    "hidden": "A count of 1 to 4 children below the level of an authority's totals, or a second one that would give it away. In figures of the NHS: 0 to 4, or a service that it publishes for England only.",
    "not_applicable": "The question makes no sense here, for example for an authority that did not exist yet.",
    "not_available": "The source has no figure, or one that can not be right.",
    "low": "There are some, but too few to show after rounding.",
}
st.table(
    pd.DataFrame(
        {
            "What you read": [WORDS[status].capitalize() for status in STATUSES],
            "What it means": ["A figure as the source has it." if status == VALUE else meanings[status] for status in STATUSES],
        }
    )
)

st.header("Words")
terms = catalogue.load("glossary")["terms"]
st.table(pd.DataFrame({"Term": [term["term"] for term in terms], "Meaning": [term["meaning"] for term in terms]}))

st.header("Corrections of the documents that this tool answers")
facts = catalogue.load("corrections")
st.markdown("Five public documents ask the questions that this tool answers. Some of their numbers do not add up; these are used instead.")
st.table(
    pd.DataFrame(
        {
            "Document": [facts["documents"][item["document"]] for item in facts["corrections"]],
            "It says": [item["says"] for item in facts["corrections"]],
            "The check": [item["check"] for item in facts["corrections"]],
            "Used here": [item["use"] for item in facts["corrections"]],
        }
    )
)
frame.footer()
