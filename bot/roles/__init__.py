"""What admins decide about a role: how large a share of the device its members get."""
