"""Pictures: what members ask for, how it is drawn, and the works that come of it."""
