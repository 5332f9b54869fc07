package strongroom.vault.seal.tpm;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings keys that are in the TPM to whoever asks the JDK for `SHA256withECDSA`: TLS and PKCS#10. Stands last,
/// and takes keys of ours alone, so that every other key goes where it went before.
final class TpmProvider extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "StrongroomTPM";

    private TpmProvider() {
        super(NAME, "1", "ECDSA by keys that are in a TPM");
        putService(new Ecdsa(this));
    }

    /// Adds it to the JDK's providers, once.
    static void install() {
        if (Security.getProvider(NAME) == null) {
            // Two at the same time are no matter: the second of a name is not added.
            Security.addProvider(new TpmProvider());
        }
    }

    private static final class Ecdsa extends Service {
        Ecdsa(Provider provider) {
            super(provider, "Signature", "SHA256withECDSA", TpmSignature.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new TpmSignature();
        }

        @Override
        public boolean supportsParameter(@Nullable Object key) {
            return key instanceof TpmPrivateKey;
        }
    }
}
