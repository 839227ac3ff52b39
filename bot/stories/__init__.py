"""Stories written together: an append-only tree of passages, and a pointer to where each story stands."""
