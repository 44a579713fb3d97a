"""The secrecy review of what is to be public, and all that has to be proved around it.

Four ordered opinions on one text (SEC-08), referrals, consents of co-makers, severance,
declassification, reverse decisions and leaks. The plugin's guard holds the life cycle to them.
"""
