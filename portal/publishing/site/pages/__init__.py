"""The pages of the site, a file a kind of page: each turns values into the context of its template."""
