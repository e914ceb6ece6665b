"""Talking: what a person does in Slack and what they see, one slice per feature."""
