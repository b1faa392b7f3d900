"""The API: masked entries, projects, surveys and topics, read by programs that show a key."""

from handlers.api.door import ADDRESS, api

__all__ = ["ADDRESS", "api"]
