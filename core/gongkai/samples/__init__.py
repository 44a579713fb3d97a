"""Invented documents with invented people, the same bytes every time, for demo and tests."""
