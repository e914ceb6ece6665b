"""One file per migration; its number is the database's version."""
