"""The small picture model that comes with Salon: its weights, its pipeline, and how it is judged."""
