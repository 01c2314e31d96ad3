"""Files for download: originals untouched, tables once more as CSV, XLSX and JSON, and lists of all."""
