"""The least that a Streamlit page can do: what the other pages are measured against."""

import gc

import streamlit as st

if "freeze" in st.query_params:  # as the app does, so that the forced collection after each run has little to do
    gc.collect()
    gc.freeze()
st.write("empty")
