"""A program for somebody who does not have gongkai, shipped as one file and never imported here."""
