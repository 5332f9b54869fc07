package strongroom.vault.store;

import java.util.Collection;
import java.util.List;
import strongroom.protocol.Commit;
import strongroom.protocol.CommitHeader;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.vault.crypto.SigningKey;

/// Signs commits in the person's name. Owns its key.
final class Author implements AutoCloseable {
    private final Id person;
    private final Id device;
    private final String deviceName;
    private final SigningKey key;

    private Author(Id person, Id device, String deviceName, SigningKey key) {
        this.person = person;
        this.device = device;
        this.deviceName = deviceName;
        this.key = key;
    }

    static Author of(PersonIdentity identity) throws StoreException {
        SigningKey key = identity.signingKey()
                .orElseThrow(() -> new StoreException(
                        StoreException.Why.NOT_LOCAL, "This device waits for the keys of its person."));
        return new Author(identity.person(), identity.device(), identity.deviceName(), key);
    }

    String deviceName() {
        return deviceName;
    }

    VerifyingKey verifyingKey() {
        return key.verifyingKey();
    }

    /// Signs a commit that follows `parent`.
    Commit commit(Id vault, Exchange.Head parent, int epoch, byte[] body, Collection<Digest> chunks)
            throws StoreException {
        CommitHeader header = new CommitHeader(
                vault,
                parent.sequence() + 1,
                parent.hash(),
                epoch,
                person,
                device,
                Digest.sha256(body),
                List.copyOf(chunks));
        try {
            return Commit.of(header, body, key);
        } catch (Signer.SigningException e) {
            throw new StoreException(StoreException.Why.IO, "The change could not be signed.", e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
