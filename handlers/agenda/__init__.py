"""The agenda of a meeting: its message, adding and arranging, and the shared metrics that are asked for."""
