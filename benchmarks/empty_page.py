"""The least that a Streamlit page can do: what the other pages are measured against."""

import streamlit as st

st.write("empty")
