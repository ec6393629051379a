"""An answer, or a table of the store, as something to take away: text, JSON, CSV. Nothing here knows Streamlit."""
