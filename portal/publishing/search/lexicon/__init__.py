"""The lexicon of citizens' words: YAML by topic (README.md), and what reads it, checks it and finds wordings in it."""
