"""The database: what was judged, decided and done."""
