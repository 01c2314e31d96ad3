"""Recognising personal data and secrecy marks in a text: identity numbers, telephones, names, addresses."""
