"""Terms of a catalogue: what it calls things, found by spelling, sound, pinyin and initials; completions of them."""
