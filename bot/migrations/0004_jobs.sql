-- Every request for the device is a row before it is work, so that nothing accepted is lost when the process dies.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    lane TEXT,
    story_id INTEGER,
    weight REAL NOT NULL CHECK (weight > 0),
    asked TEXT NOT NULL CHECK (json_valid(asked)),
    channel_id INTEGER NOT NULL,
    message_id INTEGER,
    interaction_token TEXT,
    token_expires_at INTEGER,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    delivered_at INTEGER,
    undeliverable TEXT,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    cost_ms REAL NOT NULL DEFAULT 0 CHECK (cost_ms >= 0),
    result TEXT CHECK (result IS NULL OR json_valid(result)),
    error TEXT,
    error_values TEXT CHECK (error_values IS NULL OR json_valid(error_values)),
    CHECK ((ended_at IS NULL) = (state IN ('waiting', 'running'))),
    CHECK (undeliverable IS NULL OR delivered_at IS NOT NULL)
) STRICT;
CREATE INDEX jobs_in_line ON jobs (state, server_id, member_id) WHERE ended_at IS NULL;
CREATE INDEX jobs_undelivered ON jobs (id) WHERE delivered_at IS NULL;
CREATE INDEX jobs_by_member ON jobs (member_id);

-- What servers (member_id 0) and their members have had of the device, in weighted ms, so that a restart forgives nobody.
CREATE TABLE device_accounts (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    paid REAL NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX device_accounts_by_member ON device_accounts (member_id);
