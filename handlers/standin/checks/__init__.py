"""Every limit on what may be sent. Nothing here knows the state of the platform."""
