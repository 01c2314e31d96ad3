"""What was found wrong: findings as values, their declared codes, and reports written for readers.

A finding is an error, a warning or a note.
"""
