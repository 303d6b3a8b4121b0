"""The benchmarks: they report, and never gate. ``python -m bench.answers`` and ``python -m bench.build``."""
