"""Alembic migrations, run from ``Database.migrate``; no alembic.ini is needed."""
