package strongroom.vault.seal;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;

/// The ways to bind a secret to a machine. The number stands in the slot files.
public enum SealKind {
    /// A TPM 2.0: by our own command layer, on Windows by its provider.
    TPM(1),
    /// The OS keystore: Secret Service, KWallet, Keychain, Credential Manager.
    KEYSTORE(2),
    /// Nothing but the passphrase.
    PASSPHRASE(3),
    /// The Secure Enclave of a Mac, and its Keychain.
    SECURE_ENCLAVE(4);

    private final int code;

    SealKind(int code) {
        this.code = code;
    }

    /// The number in the files.
    public int code() {
        return code;
    }

    /// Whether the part counts wrong authorisations itself and pauses, so that nobody can try them in a row.
    public boolean countsTries() {
        return this == TPM;
    }

    /// Reads the number. @throws MalformedException if it stands for nothing
    public static SealKind read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (SealKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new MalformedException("unknown kind of seal");
    }
}
