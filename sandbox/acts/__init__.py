"""What people do: each act changes the state, and tells the app exactly what Slack would tell it."""
