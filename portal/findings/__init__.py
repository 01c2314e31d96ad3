"""What was found wrong: the values, the declared codes, and the reports written for readers."""
