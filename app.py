"""The server: Streamlit around the frame of the pages, our own HTTP routes, and what happens at start-up.

`streamlit run app.py`, `python app.py` and `uvicorn app:app` serve the same, from any folder.
"""

from pathlib import Path

import streamlit as st

from nap_monitor.web import routes, serving

ROOT = Path(__file__).resolve().parent

serving.read_options_of(ROOT)
app = st.App(ROOT / "nap_monitor" / "web" / "frame.py", routes=routes.ROUTES, lifespan=serving.lifespan)

if __name__ == "__main__":
    app.run(config=serving.where_to_listen())
