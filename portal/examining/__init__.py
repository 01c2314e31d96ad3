"""May it go out? Datasets are read, understood, validated and screened for personal data; answers are findings."""
