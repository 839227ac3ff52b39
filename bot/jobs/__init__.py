"""The durable, fair line in front of the device."""
