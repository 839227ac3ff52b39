"""People before machines: drafts that wait for human readers, who takes which, and the critiques they give."""
