"""What admins decide about a channel: its AI policy, default style and turn spacing."""
