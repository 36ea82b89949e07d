"""What is learned: features, weights, decoding; numpy only at run time."""
