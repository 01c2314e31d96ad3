"""Validation of tables: types, constraints and keys, three fast or slow ways to the verdict of Frictionless."""
