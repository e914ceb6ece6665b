"""Remembering: tables, migrations and queries, behind two doors, one to read and one to write."""
