"""One module for each command: typer annotations, and what it prints. Heavy imports stand in the functions."""
