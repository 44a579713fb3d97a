"""Frozen values that travel forward: content, bundle, reading, verdict, determination."""
