package strongroom.vault.seal.tpm;

import java.io.IOException;
import java.security.SecureRandom;
import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.Lease;
import strongroom.protocol.share.PowerClock;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.LeaseSealer;
import strongroom.vault.seal.SealException;

/// Leases that a TPM 2.0 holds to: the secret is in an object that opens by a policy of the lessor's, which
/// compares the TPM's own clock and counters (Part 1 §36), and by an authorisation, of which wrong ones count.
/// Secrets cross the bus as {@link TpmSealer} has them cross it, and its storage root key is pinned in the same
/// way.
final class TpmLeases implements LeaseSealer {
    private static final int TIME = 8;

    private final TpmTurn turn;
    private final SecureRandom random;

    TpmLeases(TpmTurn turn, SecureRandom random) {
        this.turn = turn;
        this.random = random;
    }

    /// TPM2_ReadClock. It is not authenticated: who lies about it here can have told the lessor the same lie.
    @Override
    public PowerClock clock() throws SealException {
        return turn.take(tpm -> {
            TpmReader in = tpm.run(new TpmCommand(TpmCommand.READ_CLOCK)).parameters();
            in.fixed(TIME);
            long clock = in.int64();
            int resets = in.uint32();
            int restarts = in.uint32();
            if (clock < 0 || resets < 0 || restarts < 0) {
                throw new IOException("the TPM shows what no clock shows");
            }
            return new PowerClock(clock, resets, restarts);
        });
    }

    @Override
    public byte[] seal(SecretBytes secret, SecretBytes authorisation, VerifyingKey lessor, Id slot)
            throws SealException {
        if (secret.size() < 1
                || secret.size() > KeySealer.MAX_SECRET
                || authorisation.size() < 1
                || authorisation.size() > AuthValue.LIMIT) {
            throw new IllegalArgumentException("secret or authorisation of a wrong size");
        }
        byte[] policy = new LeasePolicy(lessor, slot).digest();
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            try (SecretBytes authValue = AuthValue.of(authorisation);
                    HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.HMAC, random)) {
                KeyedHash object =
                        KeyedHash.create(tpm, root, session, secret, authValue, LeaseBlob.ATTRIBUTES, policy);
                return new LeaseBlob(root.name(), slot, lessor, object).toByteArray();
            }
        });
    }

    @Override
    public SecretBytes unseal(byte[] sealed, SecretBytes authorisation, Lease.Granted granted) throws SealException {
        LeaseBlob blob = LeaseBlob.read(sealed);
        Lease lease = blob.verified(granted);
        return turn.take(tpm -> {
            StorageRootKey root = StorageRootKey.in(tpm);
            int object = blob.object().load(tpm, root, blob.rootName());
            try (SecretBytes authValue = AuthValue.of(authorisation);
                    HmacSession session = HmacSession.start(tpm, root, HmacSession.Kind.POLICY, random)) {
                blob.policy().fulfil(tpm, session, lease, granted.approval());
                return blob.object().unseal(tpm, object, session, authValue);
            }
        });
    }
}
