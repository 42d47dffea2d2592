"""What pages are made of: the frame, the reading with its cache, the parts, the routes. Knows Streamlit."""
