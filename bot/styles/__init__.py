"""Writing and picture styles as data: a few built in, and a server's own."""
