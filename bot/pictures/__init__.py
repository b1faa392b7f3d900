"""Pictures: what the counts show, as figures with words and links, ready to be drawn, printed or put into a sheet."""
