"""Files for the search that a browser does itself, where a portal is given out as files and no server answers."""
