"""Inside the host: finding plugins, letting them in, asking them, checking what they say."""
