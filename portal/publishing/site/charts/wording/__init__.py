"""Wording: titles that are findings, numbers and periods in words, why there is no chart and what one leaves out."""
