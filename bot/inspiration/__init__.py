"""Inspiration: what a source is made of, and three directions from it, each seen through another lens."""
