"""What waits for the start of somebody's day: one message, a line each, and the hour they choose for it."""
