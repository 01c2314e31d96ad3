"""Questions about rows that were asked before, by address: read once, with what each of their answers says alike.

Programs ask the same again and again, and to read a question costs as much as to find its rows by an index. Nothing of
an answer is kept but its head: rows are looked up every time, by a statement that is written once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from portal.publishing.rows.row_table import JsonPage, RowTable
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

    __slots__ = ("_ask", "_head", "following", "question")

    def __init__(self, question: RowQuestion, following: str = "") -> None:
        self.question = question
        self.following = following
        """The parameters of the address of the next page, all but the cursor."""
        self._head = ""
        self._ask: tuple[RowTable, Callable[[], JsonPage]] | None = None

    def page(self, table: RowTable) -> JsonPage:
        """Return the page that is asked for; *table* is another one when its file was opened anew."""
        ask = self._ask
        if ask is None or ask[0] is not table:
            ask = self._ask = table, table.json_pages(self.question.query)
        return ask[1]()

    def head(self, write: Callable[[], str]) -> str:
        """Return the head of the answer, which *write* gives."""
        head = self._head or write()
        if len(head) <= KEPT_HEAD_CHARACTERS_MAX:
            self._head = head
        return head


class KeptQuestions:
    """The questions that were asked of the tables of one release. May be used from several threads at once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[Address, AskedRows] = OrderedDict()

    def asked(self, address: Address, read: Callable[[], AskedRows]) -> AskedRows:
        """Return the question at an *address*, which *read* gives; what makes no sense is read, and refused, anew."""
        with self._lock:
            found = self._kept.get(address)
            if found:
                self._kept.move_to_end(address)
                return found
        found = read()
        if sum(map(len, address)) <= KEPT_ADDRESS_CHARACTERS_MAX:
            with self._lock:
                self._kept[address] = found
                if len(self._kept) > QUESTIONS_KEPT_MAX:
                    self._kept.popitem(last=False)
        return found
