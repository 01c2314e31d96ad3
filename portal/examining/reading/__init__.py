"""Reading files and descriptors: CSV, XLSX, JSON, Parquet and datapackage.yaml become datasets and tables.

From disk to values. Nothing here judges; what cannot be read at all is a finding.
"""
