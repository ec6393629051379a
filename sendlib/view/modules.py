"""Components of our own: JavaScript modules of static/, which a browser loads once.

A folder of static/ is a component: its main module has the folder's name and a function `draw(parent, data, say)`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
# What is fetched anew is what is imported next: a browser would keep the modules of an app that was brought up to date.
_LOADER = """
const folder = %r, modules = %r;
export default async function ({ data, parentElement, setTriggerValue }) {
  if (data.content) {
    (globalThis.sendExplorerHeld ??= new Map()).set(data.name, data.content);
    return;
  }
  const address = (name) => new URL(`app/static/${folder}/${name}.js`, document.baseURI).href;
  const loaded = (globalThis.sendExplorerModules ??= {});
  loaded[folder] ??= Promise.all(modules.map((name) => fetch(address(name), { cache: "no-cache" })))
    .then(() => import(address(folder)))
    .catch((error) => { loaded[folder] = undefined; throw error; });
  const { draw } = await loaded[folder];
  return draw(parentElement, data, setTriggerValue);
}
"""


@st.cache_resource(show_spinner=False)
def component(folder: str, *, isolated: bool = False) -> Callable[..., object]:
    """The component of a folder of static/: within the page and its style, or `isolated` with a style of its own.

    Data with `content` are not drawn but held for the browser under their `name`, as `sendExplorerHeld` of the page.
    """
    modules = sorted(file.stem for file in (STATIC / folder).glob("*.js"))
    name = f"send_explorer_{folder}"
    return st.components.v2.component(name, js=_LOADER % (folder, modules), isolate_styles=isolated)
