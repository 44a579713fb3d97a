"""What gongkai costs beside what its peers cost, measured on invented documents.

``python -m benchmarks`` runs everything and prints one table; docs/measurements.md says how
the numbers come about and keeps the last ones.
"""
