"""Setting it up and changing it: each form says what it changes before it is saved."""
