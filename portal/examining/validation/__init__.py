"""May it be published? Rules on the description, and Frictionless on the files."""
