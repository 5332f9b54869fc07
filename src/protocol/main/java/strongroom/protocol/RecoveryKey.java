package strongroom.protocol;

import java.time.Instant;
import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// The key to which people seal their own keys, so that the organisation can bring them back. Nobody has its private
/// half; several administrators hold a share of it each. Signed by the root: one administrator alone must not be able
/// to put a key of their own in its place. The array belongs to the record.
///
/// @param number counts up with each new key, from 1; nobody seals to a lower one than before
/// @param box HPKE public key (X-Wing)
/// @param shares how many there are
/// @param threshold how many of them together open it; from 2, since one share alone would be the key
/// @param issued when it was made
public record RecoveryKey(long number, byte[] box, int shares, int threshold, Instant issued) {
    /// The most shares.
    public static final int MAX_SHARES = 255;

    private static final int MIN_THRESHOLD = 2;

    /// Refuses what no key can be.
    public RecoveryKey {
        if (number < 1 || threshold < MIN_THRESHOLD || threshold > shares || shares > MAX_SHARES) {
            throw new IllegalArgumentException("not a recovery key");
        }
    }

    /// Reads a key that the root signed.
    ///
    /// @throws MalformedException if it did not: nobody may seal to it
    public static RecoveryKey open(Signed signed, Organisation organisation) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(organisation.root(), Signed.Purpose.RECOVERY_KEY));
        long number = in.int64();
        byte[] box = in.bytes(PersonKeys.BOX_LIMIT);
        int shares = in.uint8();
        int threshold = in.uint8();
        Instant issued = in.instant();
        in.end();
        try {
            return new RecoveryKey(number, box, shares, threshold, issued);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not a recovery key", e);
        }
    }

    /// Has the root sign this key.
    public Signed sign(Signer root) throws Signer.SigningException {
        byte[] payload = new CanonicalWriter()
                .int64(number)
                .bytes(box)
                .uint8(shares)
                .uint8(threshold)
                .instant(issued)
                .toByteArray();
        return Signed.by(root, Signed.Purpose.RECOVERY_KEY, payload);
    }

    /// SHA-256 over the public key: names it in grants and in shares.
    public Digest fingerprint() {
        return Digest.sha256(box);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryKey that
                && number == that.number
                && Arrays.equals(box, that.box)
                && shares == that.shares
                && threshold == that.threshold
                && issued.equals(that.issued);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(box);
    }

    @Override
    public String toString() {
        return "RecoveryKey[" + number + ", " + fingerprint() + "]";
    }
}
