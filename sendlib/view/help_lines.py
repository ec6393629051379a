"""Who helps families, and how a reader can say what is wrong on a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote, urlencode

import streamlit as st

from sendlib.catalogue import HelpLine


def draw(lines: Sequence[HelpLine]) -> None:
    """One line of links; what each gives is its title."""
    links = "".join(
        f'<li><a href="{escape(one.address)}" target="_blank" rel="noopener" title="{escape(one.gives)}">'
        f"{escape(one.name)}</a></li>"
        for one in lines
    )
    st.html(f'<nav class="help" aria-label="Who can help"><strong>Who can help:</strong><ul>{links}</ul></nav>')


def way_to_tell(to: str, page: str) -> str:
    """The link by which a reader tells what is wrong on a page, with the page's own link in it; empty where nobody is
    named. `to`: an e-mail address, or a page that takes `page` in its address."""
    if not to:
        return ""
    if to.startswith("https://"):
        return f"{to}{'&' if '?' in to else '?'}{urlencode({'page': page})}"
    told = f"What is wrong or unclear:\n\n\nThe page: {page}\n"
    return f"mailto:{quote(to, safe='@')}?subject={quote('SEND Explorer')}&body={quote(told)}"
