package strongroom.vault.seal.keystore;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.platform.OperatingSystem;

/// The keystores that a key can be in. The number stands in what was sealed, so that another one in its place
/// is told from one that has lost the key.
enum Backend {
    /// Whatever answers as the Secret Service of freedesktop.org, other than KWallet.
    SECRET_SERVICE(1, "the keyring of the Secret Service"),
    /// KWallet by its own interface, also where it answers as Secret Service, too.
    KWALLET(2, "KWallet"),
    /// Of macOS.
    KEYCHAIN(3, "the Keychain"),
    /// Of Windows.
    CREDENTIAL_MANAGER(4, "the Credential Manager");

    private final int code;
    private final String label;

    Backend(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /// The number in what was sealed.
    int code() {
        return code;
    }

    /// As it stands in a sentence.
    String label() {
        return label;
    }

    /// The first choice of a system; the only one before there were several.
    static Backend of(OperatingSystem system) {
        return switch (system) {
            case WINDOWS -> CREDENTIAL_MANAGER;
            case MAC -> KEYCHAIN;
            case LINUX, OTHER -> SECRET_SERVICE;
        };
    }

    /// Reads the number. @throws MalformedException if it stands for nothing
    static Backend read(CanonicalReader in) throws MalformedException {
        int code = in.uint8();
        for (Backend backend : values()) {
            if (backend.code == code) {
                return backend;
            }
        }
        throw new MalformedException("unknown keystore");
    }
}
