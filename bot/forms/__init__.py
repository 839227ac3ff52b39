"""Pieces in a form: poems, scripts, lyrics and more, each held against a check in code, and texts polished."""
