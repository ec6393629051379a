"""SEND Explorer: `streamlit run app.py`."""

from sendlib.view import frame

frame.begin_app()
