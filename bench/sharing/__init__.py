"""What the benchmark of the shared device is made of: three ways to share it, and what each is put through."""
