"""Reading workbooks (XLSX, XLS, ODS): which sheet, where the header is, what a cell says, what is hidden."""
