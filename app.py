"""SEND Explorer: `streamlit run app.py`.

Streamlit imports this file as `app` when the server starts, and runs it as the main script for every reader.
"""

import streamlit as st

if __name__ == "__main__":
    from sendlib.view import frame

    frame.begin_app()
else:
    from sendlib.view import serving

    app = st.App(__file__, lifespan=serving.opened_in_a_browser)
