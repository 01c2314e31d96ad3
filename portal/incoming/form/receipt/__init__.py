"""The receipt (回执) that goes back to a clerk: the workbook with its wrong cells marked, in the words of the form."""
