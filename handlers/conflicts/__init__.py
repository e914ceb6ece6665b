"""Everything a person can see and press about conflicts."""
