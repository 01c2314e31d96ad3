"""What the commands do. It is loaded when one is run, so that help and a slip of the keyboard are answered at once."""
