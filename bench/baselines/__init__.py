"""How others do the same job, each with its best settings."""
