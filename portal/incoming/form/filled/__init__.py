"""A form that was filled in and handed in: its answers, its fields and its data."""
