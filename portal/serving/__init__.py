"""The Flask app: it reads a release and nothing else. Views are thin: parse, call, serialise."""
