"""Validation of cells beyond Frictionless: numbers, check digits, coordinates, garbled text."""
