"""Files in, content out; and the one act that writes into an author's file."""
