"""What people do about the review, in the group ``gongkai case``."""
