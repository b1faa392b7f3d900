"""How one interview goes. Pure: no clock, no ids, no database; the caller makes what is returned happen."""
