"""The text of published documents (office files, PDF, archives, DBF), as the privacy gate reads it."""
