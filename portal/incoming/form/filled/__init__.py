"""The filled form (填报表) that was handed in: its answers, its fields and its data."""
