-- Devices that destroyed their keys by the rule for wrong PINs, as each says itself; the receipt is its last one.
CREATE TABLE self_destruction (
    id        BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    device    BLOB    NOT NULL UNIQUE REFERENCES device (id),
    statement BLOB    NOT NULL,
    receipt   BLOB,
    at        INTEGER NOT NULL
) WITHOUT ROWID;
