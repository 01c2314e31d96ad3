"""The gate before publishing: personal data, secrets, small groups, and approval."""
