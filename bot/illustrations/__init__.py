"""Pictures in stories: scenes that are drawn, pictures that members put beside passages, and how they are read."""
