"""How data come in: the clerk's form, drafts of bare files, census workbooks, listings of other portals."""
