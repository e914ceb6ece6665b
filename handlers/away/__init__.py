"""Being away: the form, what it says on App Home, and the message on return."""
