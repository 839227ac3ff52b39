"""Language models: loading in 4 bits, batched decoding, warm rows, samplers."""
