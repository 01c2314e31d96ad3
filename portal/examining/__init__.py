"""May it go out? Datasets are read, validated and screened for personal data; answers are findings.

Reading, validation, profiling and privacy have rooms of their own.
"""
