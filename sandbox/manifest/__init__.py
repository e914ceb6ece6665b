"""The app manifest, read as strictly as Slack reads it, and the scopes that things need."""

from sandbox.manifest.reading import Command, Manifest, ManifestRefused, Shortcut, load
from sandbox.manifest.scopes import SCOPES_OF_EVENT, SCOPES_OF_METHOD

__all__ = [
    "SCOPES_OF_EVENT",
    "SCOPES_OF_METHOD",
    "Command",
    "Manifest",
    "ManifestRefused",
    "Shortcut",
    "load",
]
