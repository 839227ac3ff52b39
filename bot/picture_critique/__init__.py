"""Critique of pictures: what can be measured, at once and without a model, and notes by models that see and write."""
