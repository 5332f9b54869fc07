-- Every policy that was ever in force, as it was signed; the one with the highest number is.
CREATE TABLE share_policy (
    number    INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    statement BLOB    NOT NULL
);

-- The server's key for one slot of a device. A key that is destroyed has no row.
CREATE TABLE share_key (
    slot             BLOB NOT NULL PRIMARY KEY CHECK (length(slot) = 16),
    device           BLOB NOT NULL REFERENCES device (id),
    secret           BLOB NOT NULL CHECK (length(secret) = 32),
    confirmation_key BLOB NOT NULL,
    -- of the latest try, and of the last one that was confirmed
    ticket           BLOB CHECK (length(ticket) = 16),
    confirmed        BLOB CHECK (length(confirmed) = 16),
    -- the highest reading of the TPM's clock, and the moment from which on it is taken to run
    reading          INTEGER CHECK (reading >= 0),
    reading_at       INTEGER,
    CHECK ((reading IS NULL) = (reading_at IS NULL))
) WITHOUT ROWID;

CREATE INDEX share_key_of_device ON share_key (device);

-- What is counted over all slots of a device, and outlives their keys.
CREATE TABLE share_device (
    device    BLOB    NOT NULL PRIMARY KEY REFERENCES device (id),
    tries     INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
    last_try  INTEGER NOT NULL DEFAULT 0,
    lease_end INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
