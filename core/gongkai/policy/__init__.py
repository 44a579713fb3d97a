"""Policy: profiles as data, the decision table, the lexicon."""
