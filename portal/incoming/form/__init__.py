"""The way of a clerk: templates to fill in, filled workbooks brought in, and the receipt that goes back (回执)."""
