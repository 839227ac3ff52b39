"""A job on its way back to the member who asked: one living message, whatever Discord does meanwhile."""
