"""The small picture model that comes with Salon: its weights, its pipeline, and how it is judged."""

# The words that choose a style at the end of a prompt: "a red apple, 3d style".
STYLES = ("3d", "flat", "soft", "bold")
