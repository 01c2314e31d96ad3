"""Questions about rows that were asked before, by address: read once, with what each of their answers says alike.

Programs ask the same again and again, and to read a question costs as much as to find its rows by an index. The rows of
an answer are looked up by a statement that is written once, or not at all where the page is still remembered.
"""

from __future__ import annotations

from collections.abc import Callable

from cachetools import LRUCache

from portal.publishing.rows.row_table import JsonPage, RowTable
from portal.serving.rows.kept_pages import KeptPages, kept_pages
from portal.serving.rows.remembered import Remembered
from portal.serving.rows.row_questions import RowQuestion

QUESTIONS_KEPT_MAX = 512
"""Questions that are remembered, those that were asked last."""
KEPT_ADDRESS_CHARACTERS_MAX = 1_000
"""A question with a longer address is read every time."""
KEPT_HEAD_CHARACTERS_MAX = 8_000
"""A longer head, of a table with very many columns, is written every time."""

Address = tuple[str, ...]
"""What tells questions apart: the table, the parameters, and the formats that are accepted."""


class AskedRows:
    """A question as its table is asked it, and what never differs: the head of its answers, the next page's address."""

    __slots__ = ("_ask", "_head", "_pages", "following", "question")

    def __init__(self, question: RowQuestion, following: str = "", pages: KeptPages | None = None) -> None:
        self.question = question
        self.following = following
        """The parameters of the address of the next page, all but the cursor."""
        self._head = ""
        self._pages = pages
        self._ask: tuple[RowTable, Callable[[], JsonPage], object] | None = None

    def page(self, table: RowTable) -> JsonPage:
        """Return the page that is asked for; *table* is another one when its file was opened anew."""
        ask = self._ask
        if ask is None or ask[0] is not table:
            ask = self._ask = table, table.json_pages(self.question.query), object()
        _, look_up, key = ask  # of its own, so that a remembered page does not hold the files of a table
        return self._pages.value(key, look_up) if self._pages else look_up()

    def head(self, write: Callable[[], str]) -> str:
        """Return the head of the answer, which *write* gives."""
        head = self._head or write()
        if len(head) <= KEPT_HEAD_CHARACTERS_MAX:
            self._head = head
        return head


class KeptQuestions:
    """The questions that were asked of the tables of one release, and *pages* of their answers.

    May be used from several threads at once.
    """

    def __init__(self) -> None:
        self.pages = kept_pages()
        self._questions: Remembered[Address, AskedRows] = Remembered(
            LRUCache(QUESTIONS_KEPT_MAX), lambda address, _: sum(map(len, address)) <= KEPT_ADDRESS_CHARACTERS_MAX
        )

    def asked(self, address: Address, read: Callable[[], AskedRows]) -> AskedRows:
        """Return the question at an *address*, which *read* gives; what makes no sense is read, and refused, anew."""
        return self._questions.value(address, read)
