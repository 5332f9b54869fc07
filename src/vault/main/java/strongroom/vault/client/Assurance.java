package strongroom.vault.client;

/// How strongly the store is bound to this machine; shown to the user and reported to the server.
public enum Assurance {
    /// A TPM 2.0 holds the device secret and counts wrong PINs.
    HARDWARE,
    /// The OS keystore holds the device secret; whoever is signed in to the machine could read it there.
    KEYSTORE,
    /// Nothing but the passphrase: a copy of the disk can be guessed at elsewhere.
    PASSPHRASE
}
