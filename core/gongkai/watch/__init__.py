"""Watched folders: hints from events, truth from the journal."""
