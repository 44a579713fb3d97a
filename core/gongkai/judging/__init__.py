"""Findings: what stands between a bundle and its attribute."""
