"""Compiling the catalogue (目录编制): records of workbooks and listings become entries, and entries records."""
