"""Answers with a shape: asked for with a schema, checked, asked for once more, and else told as plain text."""
