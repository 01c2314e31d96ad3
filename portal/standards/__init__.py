"""Standards of registers: what columns a register has, where each comes from, and which edition may show it.

A register (登记表) is an ordinary dataset whose resource says ``standard: <name>``. The standards are data:
``registers/*.yaml``, and ``areas.yaml`` for the areas in which the national plan wants standards.
"""
