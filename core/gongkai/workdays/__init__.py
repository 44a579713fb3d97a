"""Working days, and the clocks that run in them."""
