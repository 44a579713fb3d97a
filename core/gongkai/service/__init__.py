"""The service: what the watch hands on is examined, judged, recorded and told."""
