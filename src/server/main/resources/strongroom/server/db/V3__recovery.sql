-- The public halves of the organisation's recovery keys; devices seal to the one with the highest number.
CREATE TABLE recovery_key (
    number      INTEGER NOT NULL PRIMARY KEY CHECK (number > 0),
    fingerprint BLOB    NOT NULL UNIQUE CHECK (length(fingerprint) = 32),
    statement   BLOB    NOT NULL,
    at          INTEGER NOT NULL
);

-- A person's keys sealed to a recovery key. Those for an earlier key stay: its shares still open them.
CREATE TABLE recovery_grant (
    person       BLOB    NOT NULL REFERENCES person (id),
    recovery_key BLOB    NOT NULL REFERENCES recovery_key (fingerprint),
    statement    BLOB    NOT NULL,
    at           INTEGER NOT NULL,
    PRIMARY KEY (person, recovery_key)
) WITHOUT ROWID;
