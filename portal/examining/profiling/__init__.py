"""What is in a table: counts, gaps and ranges, gathered while its rows pass by."""
