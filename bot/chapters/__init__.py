"""Chapters of a story, and what they and their scenes tell in short, summed up in the background."""
