"""Data files for the site: originals untouched, tables once more as CSV, XLSX and JSON, and the list of all files."""
