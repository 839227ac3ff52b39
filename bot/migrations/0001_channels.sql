-- What the admins decided about a channel; what is NULL is not decided here and comes from the parent channel.
CREATE TABLE channel_settings (
    channel_id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL,
    ai_policy TEXT CHECK (ai_policy IN ('human-only', 'assist', 'open')),
    style TEXT,
    turn_spacing INTEGER CHECK (turn_spacing >= 0),
    changed_by INTEGER
) STRICT;
CREATE INDEX channel_settings_by_changer ON channel_settings (changed_by);
