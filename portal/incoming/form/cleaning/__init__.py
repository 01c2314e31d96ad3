"""The cleaned copy (清洁版) of a clerk's table: what can be mended with certainty, every change listed."""
