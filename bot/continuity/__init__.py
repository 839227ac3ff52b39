"""A story read for contradictions; each is shown with the two places it quotes, and no quote that is not there."""
