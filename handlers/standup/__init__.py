"""The standup: the question before it, answers, the summary, and what is made of an issue."""
