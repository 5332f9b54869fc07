package strongroom.server.admin;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;
import strongroom.protocol.Digest;

/// The private half of the organisation's recovery key: X-Wing's seed. It exists in memory only, while a key is
/// made or used, and is split by Shamir's scheme (Bouncy Castle's, over the field of AES). Filled with zeros
/// when it is closed by whoever made it; copies that Bouncy Castle made stay until the program ends, which is
/// soon.
final class RecoverySeed implements AutoCloseable {
    private final byte[] seed;

    private RecoverySeed(byte[] seed) {
        this.seed = seed;
    }

    static RecoverySeed generate(SecureRandom random) {
        byte[] seed = new byte[Box.SEED];
        random.nextBytes(seed);
        return new RecoverySeed(seed);
    }

    /// @param shares of one key, as many as it needs
    /// @throws AdminException if they give another key than they say
    static RecoverySeed of(List<RecoveryShare> shares) throws AdminException {
        List<ShamirSplitSecretShare> parts = new ArrayList<>();
        for (RecoveryShare share : shares) {
            byte[] value = share.value();
            parts.add(new ShamirSplitSecretShare(value, share.number()));
            Arrays.fill(value, (byte) 0);
        }
        try {
            byte[] secret = ShamirSplitSecret.getInstance(
                            ShamirSecretSplitter.Algorithm.AES, parts.toArray(ShamirSplitSecretShare[]::new))
                    .getSecret();
            RecoverySeed seed = new RecoverySeed(secret);
            if (!shares.getFirst().isOf(Digest.sha256(seed.publicKey()))) {
                seed.close();
                throw new AdminException("The shares do not give the key that they are of. One of them is forged.");
            }
            return seed;
        } catch (IOException e) {
            throw new IllegalStateException("shares in memory can be read", e);
        }
    }

    /// Any `threshold` of the shares give the seed again; fewer say nothing of it.
    ///
    /// @return each closed by the caller
    List<RecoveryShare> split(int shares, int threshold, SecureRandom random) {
        Digest key = Digest.sha256(publicKey());
        List<RecoveryShare> parts = new ArrayList<>();
        try {
            for (ShamirSplitSecretShare part : ShamirSecretSplitter.getInstance(
                            ShamirSecretSplitter.Algorithm.AES, Box.SEED, random)
                    .resplit(seed, threshold, shares)
                    .getSecretShares()) {
                byte[] value = part.getEncoded();
                parts.add(RecoveryShare.of(parts.size() + 1, shares, threshold, key, value));
                Arrays.fill(value, (byte) 0);
            }
            return parts;
        } catch (IOException e) {
            throw new IllegalStateException("shares in memory can be read", e);
        }
    }

    byte[] publicKey() {
        return Box.publicKey(seed);
    }

    /// Lends the seed. The caller neither keeps nor changes it.
    byte[] borrow() {
        return seed;
    }

    @Override
    public void close() {
        Arrays.fill(seed, (byte) 0);
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "RecoverySeed";
    }
}
