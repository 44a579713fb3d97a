"""Office procedures, each a guest of the hooks."""
