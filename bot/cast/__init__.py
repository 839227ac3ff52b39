"""A story's cast book: its people and places, with the looks that every picture of them repeats."""
