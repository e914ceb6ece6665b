"""Numbered migrations, forward only. After a change of `storage/tables.py` a developer types

    python -m storage.migrations new "What changes"

and reads, corrects and formats what that wrote into `versions/`.
"""
