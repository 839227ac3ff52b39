"""Models of real size with random weights on a GPU: speed and memory do not depend on what weights say."""
