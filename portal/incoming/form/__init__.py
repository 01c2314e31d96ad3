"""The clerk's form (填报表): templates to fill in, filled workbooks brought in, receipts (回执) sent back."""
