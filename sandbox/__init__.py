"""A strict local Slack to try things in: Web API, socket and page; shares no code with the bot."""
