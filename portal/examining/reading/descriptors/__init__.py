"""Reading datapackage.yaml, catalog folders, publishers.yaml and themes.yaml into the nouns of the model."""
