"""LINE as a caller: its webhook."""
