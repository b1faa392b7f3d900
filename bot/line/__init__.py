"""Everything LINE: reading its webhooks, writing its messages, calling its API. live.py alone imports its SDK."""
