"""Text in, observations out; spaCy lives here."""
