"""Kaifang (开放): an open-data portal that a government department can run without a data team."""

__version__ = "0.1.0"
