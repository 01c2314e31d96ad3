"""One standard a file: how a published dataset is said in the words of others. Pure functions, no input or output."""
