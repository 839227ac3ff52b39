-- An answer that only its asker may see is never told in the channel, not even after a restart.
ALTER TABLE jobs ADD COLUMN is_private INTEGER NOT NULL DEFAULT 0 CHECK (is_private IN (0, 1));
