"""Choosing together how a story goes on: proposals by the AI, the votes of those who read, and what wins."""
