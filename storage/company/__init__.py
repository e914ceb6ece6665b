"""A company as one YAML file: read with every mistake named by its line, written as plain text again."""
