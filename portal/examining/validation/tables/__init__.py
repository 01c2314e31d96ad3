"""Validation of tables: three fast or slow ways to one verdict, that of Frictionless."""
