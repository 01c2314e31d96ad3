"""The server (Flask app): API, search pages, downloads. It reads a release and nothing else.

Views are thin: parse, call, serialise.
"""
