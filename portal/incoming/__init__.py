"""How data come in: the form a clerk fills in, drafts of bare files, census workbooks, listings of other portals."""
