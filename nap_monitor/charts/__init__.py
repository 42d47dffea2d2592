"""Plain values in, finished Vega-Lite specifications out. Pure: no file, no database, no clock."""
