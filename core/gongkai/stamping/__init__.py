"""The one act that writes into an author's file: a mark in its place, everything else untouched."""
