"""Pictures: any diffusers pipeline, drawn in bounded pieces so that others may use the device in between."""
