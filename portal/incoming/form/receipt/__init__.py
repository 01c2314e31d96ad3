"""The receipt (回执) to a clerk: the workbook with its wrong cells marked, in the words of the form."""
