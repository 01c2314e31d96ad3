"""The text of published documents (DOCX, XLSX, PDF, ZIP, DBF), as the privacy gate reads it."""
