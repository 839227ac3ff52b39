"""Records of the world in Discord's JSON."""
