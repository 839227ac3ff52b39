-- How many usual shares of the device a role gives its members while others wait; a role that is not here gives one.
CREATE TABLE role_weights (
    server_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    weight REAL NOT NULL CHECK (weight > 0),
    PRIMARY KEY (server_id, role_id)
) STRICT, WITHOUT ROWID;
