"""Reading JSON, NDJSON, GeoJSON and Parquet, and the one data file in a GZ or ZIP archive."""
