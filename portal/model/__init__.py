"""The nouns of the portal: frozen values without input or output, on the standard library alone."""
