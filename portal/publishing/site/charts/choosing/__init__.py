"""Choosing: what the columns of a table are, and which chart fits its shape; or the reason why none does."""
