"""What was promised: the plan, its files and the changes between its versions. Pure but for reading files."""
