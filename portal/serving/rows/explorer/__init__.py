"""The explorer: a table looked through on a page that the server answers; filters, order, groups, extracts."""
