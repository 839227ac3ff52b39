"""A story's lore: cards of what is worth knowing, told to the AI when they matter."""
