"""App Home: what waits for somebody, what they reported, what was decided."""
