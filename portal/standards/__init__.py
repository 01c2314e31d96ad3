"""Standards of registers (登记表): columns, where each comes from, which edition may show it.

A register (登记表) is an ordinary dataset whose resource says ``standard: <name>``. The standards are data:
``registers/*.yaml``, and ``areas.yaml`` for the areas in which the national plan wants standards.
"""
