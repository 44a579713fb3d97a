"""Frozen values that walk forward: content, bundle, reading, verdict, determination."""
