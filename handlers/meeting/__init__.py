"""Meetings: held item by item, and their minutes; everything somebody sees and clicks about them."""
