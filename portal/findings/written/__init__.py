"""Reports of findings written as CSV, JSON, SARIF and XLSX (``portal check --format``)."""
