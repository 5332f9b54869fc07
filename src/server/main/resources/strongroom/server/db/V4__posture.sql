-- The TPM that a device showed to have its key: a TpmIdentity in canonical bytes. Without a row, its keys may be anywhere.
CREATE TABLE device_tpm (
    device   BLOB    NOT NULL PRIMARY KEY REFERENCES device (id),
    identity BLOB    NOT NULL,
    at       INTEGER NOT NULL
) WITHOUT ROWID;

-- The TLS keys that this TPM certified; certificates of the device are for these alone.
CREATE TABLE tpm_key (
    device      BLOB    NOT NULL REFERENCES device_tpm (device),
    fingerprint BLOB    NOT NULL CHECK (length(fingerprint) = 32),
    at          INTEGER NOT NULL,
    PRIMARY KEY (device, fingerprint)
) WITHOUT ROWID;

-- The newest report of each device, as it was signed; "at" is the time in it, by the device's clock.
CREATE TABLE posture (
    device    BLOB    NOT NULL PRIMARY KEY REFERENCES device (id),
    statement BLOB    NOT NULL,
    at        INTEGER NOT NULL
) WITHOUT ROWID;
