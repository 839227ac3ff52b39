"""The gateway: how the bot hears what happens."""
