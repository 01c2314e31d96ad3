"""Reading CSV and other delimited text: encoding, dialect, quotes, notes at the end."""
