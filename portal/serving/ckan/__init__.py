"""The CKAN-compatible API at ``/api/3/action``."""
