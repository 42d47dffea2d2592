"""A slow, obvious second implementation of the rules, to hold the first one to what the design says."""
