"""The application: what Salon does, apart from Discord's face (cogs) and the neural models (models)."""
