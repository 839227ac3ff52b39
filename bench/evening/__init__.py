"""What the benchmarks of a whole evening share: a Salon in a sandbox, a writer with even speed, people who act."""
