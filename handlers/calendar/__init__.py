"""The council's dates for calendars outside of Slack: a private address to subscribe to, or a file."""
