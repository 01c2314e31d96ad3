"""What goes out: data files, metadata formats, quality, the search index, the site, and the release they make."""
