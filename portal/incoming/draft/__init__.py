"""A folder with a description for files that have none: written as far as it can be known, the rest marked."""
