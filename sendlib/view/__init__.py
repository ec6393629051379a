"""Drawing answers with Streamlit. Only this package, app.py and pages/ import it."""
