"""How good is what is published? Every point explains itself."""
