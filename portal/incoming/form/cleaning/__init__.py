"""The cleaned copy of a clerk's table: what can be mended with certainty, and a list of every change."""
