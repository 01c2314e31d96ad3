"""Reading: what a plan asks of the rows of a table, by time or by category, as groups and cells of bounded number."""
