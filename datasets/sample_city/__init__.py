"""示范市: an invented city, and the demonstration data that its invented departments publish.

`kit` says how a dataset is declared and written, `city` what the city is made of; every other module holds the
datasets of a few departments. Nothing here is about a real place, person, firm or telephone number: the division
code 99 is assigned to no province, and the coordinates lie in the open Pacific.
"""
