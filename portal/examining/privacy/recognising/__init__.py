"""Recognising personal data and secrecy marks: ID card numbers (身份证), telephones, names, addresses."""
