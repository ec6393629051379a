"""What is said where a page stands within another site, and a file can not be brought."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st


def draw_way_out(more: Mapping[str, str] | None = None) -> None:
    """Within a page of somebody else a browser keeps back what an upload needs: the way to the page by itself, with
    `more` in its address."""
    st.info("This page stands within another site, where no file can be added. Open it by itself to add one.")
    # In a new tab, and without `embed`, which Streamlit keeps out of the query.
    st.link_button("Open this page by itself", f"?{urlencode({**st.query_params.to_dict(), **(more or {})})}")
