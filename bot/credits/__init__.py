"""Credits: a ledger of what members earn by reading each other and spend on being read, and the servers' prices."""
