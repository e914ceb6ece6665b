"""Ceremonies: what takes place next, and moving, skipping or adding one of its dates."""
