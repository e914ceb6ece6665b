"""Putting it together: settings, commands, starting and stopping, and the demo."""
