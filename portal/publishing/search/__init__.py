"""Finding datasets: one tokeniser, one query, one protocol that every engine follows, and the records they lead to."""
