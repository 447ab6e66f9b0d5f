"""Our engine and its rivals side by side: what is measured stands in benchmarks.py."""
