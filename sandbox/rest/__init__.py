"""REST v10: one file a resource."""
