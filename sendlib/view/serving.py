"""What the server does beside the pages: it asks nobody for its own address, and opens a browser when it starts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from streamlit import cli_util, config, net_util
from streamlit.web.server import server_util

A_MOMENT = 0.5
"""Seconds until a server that starts takes connections."""


def _not_asked() -> None:
    """No address outside is known, because nobody is asked for it."""


# When a page of another origin opens a connection, Streamlit asks checkip.amazonaws.com for this server's own address,
# to compare the two; no setting prevents it, and all readers wait meanwhile. Which origins may is still checked:
# this server's own, browser.serverAddress and server.corsAllowedOrigins.
net_util.get_external_ip = _not_asked


@asynccontextmanager
async def opened_in_a_browser(_app: st.App) -> AsyncIterator[None]:
    """Open the front page, as Streamlit does for a plain script; not where the server has no screen."""
    if not config.get_option("server.headless"):
        address = server_util.get_url(config.get_option("browser.serverAddress"))
        asyncio.get_running_loop().call_later(A_MOMENT, cli_util.open_browser, address)
    yield
