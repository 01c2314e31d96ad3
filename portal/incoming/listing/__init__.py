"""Listings of other portals (CSV, JSON, workbooks) imported as entries by a mapping."""
