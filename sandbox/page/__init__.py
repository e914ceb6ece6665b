"""The sandbox's page: the workspace as people know it, drawn on the server and patched in the browser."""
