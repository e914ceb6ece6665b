"""The ground: what the council decides and by which rules. Values in, values out; no I/O, no clock."""
