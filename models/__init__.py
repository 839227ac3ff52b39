"""The neural models on one device. Knows no Discord, no SQL and no settings file."""
