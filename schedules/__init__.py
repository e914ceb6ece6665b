"""Waking up: the clock, the wake-ups that are due and the drain of the outbox; decides nothing."""
