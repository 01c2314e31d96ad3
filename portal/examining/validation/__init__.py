"""Validation: rules on metadata, checks of files, and Frictionless on tables and their cells.

May it be published?
"""
