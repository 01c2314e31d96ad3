"""Drafts (``portal new``): a folder with a datapackage.yaml for bare files; what is not known is marked."""
