"""How one interview goes. Pure: no clock, no ids, no database; what happened is returned, and the caller makes it so."""
