"""What benchmarks measure in texts."""
