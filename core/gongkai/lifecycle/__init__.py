"""The life cycle of a case: states, acts, roles and what leads from one to the next."""
