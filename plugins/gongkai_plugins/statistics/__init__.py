"""Statistics of the office's determinations: counts, returns and times, never of people.

Everything is counted from the record when it is asked for and nothing is stored.
"""
