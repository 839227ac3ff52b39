-- A job may go on as another kind (a scene is written, then drawn): cost_ms is what the last cost, this what came before.
ALTER TABLE jobs ADD COLUMN earlier_ms REAL NOT NULL DEFAULT 0 CHECK (earlier_ms >= 0);
