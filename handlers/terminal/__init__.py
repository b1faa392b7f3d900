"""A chat with the bot in the terminal: the same conversations as on LINE, with no LINE, no network and nothing kept."""
