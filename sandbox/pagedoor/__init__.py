"""The page's door: its files, its uploads and its socket."""
