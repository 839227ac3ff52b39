"""How the small picture model was made: its data, its training, its judging."""
