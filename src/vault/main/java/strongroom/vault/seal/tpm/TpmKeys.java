package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.SealException;

/// Signing keys of a TPM 2.0. Each is bound to a counter of its own that {@link #destroy} erases, so that copies
/// of the disk made earlier sign nothing. Responses are authenticated under a session salted to the storage root
/// key, whose name is pinned in what is kept. One operation is one connection, and takes its turn.
final class TpmKeys implements MachineKeys {
    private final TpmTurn turn;
    private final SecureRandom random;

    TpmKeys(TpmTurn turn, SecureRandom random) {
        this.turn = turn;
        this.random = random;
    }

    @Override
    public Made make() throws SealException {
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            try (HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                NvCounter counter = NvCounter.create(tpm, session, random);
                try {
                    SigningObject object = SigningObject.create(tpm, root, session, counter.policy());
                    SigningBlob blob = SigningBlob.of(root.name(), counter, object);
                    return new Made(blob.key(), blob.toByteArray());
                } catch (IOException | TpmRefusal | InterposedException e) {
                    counter.discard(tpm, session, e);
                    throw e;
                }
            }
        });
    }

    @Override
    public PrivateKey open(byte[] kept) throws SealException {
        SigningBlob blob = SigningBlob.read(kept);
        use(blob, (tpm, object, policy) -> blob);
        TpmProvider.install();
        return new TpmPrivateKey(this, blob);
    }

    /// @param digest 32 bytes @return DER
    byte[] sign(SigningBlob blob, byte[] digest) throws SealException {
        return use(blob, (tpm, object, policy) -> blob.object().sign(tpm, object, policy, digest));
    }

    @Override
    public void destroy(byte[] kept) throws SealException {
        SigningBlob blob = SigningBlob.read(kept);
        turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            blob.object().load(tpm, root, blob.rootName());
            if (blob.counter().exists(tpm)) {
                try (HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                    blob.counter().undefine(tpm, session);
                }
            }
            return blob;
        });
    }

    /// What is done with a loaded key whose policy is fulfilled.
    @FunctionalInterface
    private interface Use<T> {
        T of(Tpm tpm, int object, HmacSession policy)
                throws IOException, TpmRefusal, InterposedException, SealException;
    }

    private <T> T use(SigningBlob blob, Use<T> use) throws SealException {
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            int object = blob.object().load(tpm, root, blob.rootName());
            try (HmacSession policy = HmacSession.start(tpm, root, HmacSession.Kind.POLICY, random)) {
                blob.counter().require(tpm, policy);
                return use.of(tpm, object, policy);
            }
        });
    }
}
