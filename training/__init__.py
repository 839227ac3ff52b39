"""How the models that come with Salon were made; no part of what is installed."""
