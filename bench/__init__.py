"""One command a table; the baselines run beside ours, in the same call."""
