"""Where a picture comes from: what Salon signs into its own, and how it tells them again."""
