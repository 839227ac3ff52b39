"""Interactions: what a person does to the bot, and the bot's one acknowledgement of it."""
