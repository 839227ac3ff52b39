"""Critique of drafts by the AI, for their authors alone: every quote it shows stands in the draft."""
