package strongroom.server.admin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;

/// The shares that administrators brought together: of one key, each of them once, as many as it needs. Holds
/// them; closed by whoever read them.
public final class RecoveryShares implements AutoCloseable {
    private static final int LONGEST_FILE = 64 << 10;

    private final List<RecoveryShare> shares;

    private RecoveryShares(List<RecoveryShare> shares) {
        this.shares = shares;
    }

    /// Reads shares from their files.
    ///
    /// @throws AdminException if one is mistyped, of another key, there twice, or if there are too few
    public static RecoveryShares read(List<Path> files) throws IOException, AdminException {
        List<RecoveryShare> shares = new ArrayList<>();
        RecoveryShares read = new RecoveryShares(shares);
        try {
            for (Path file : files) {
                RecoveryShare share = share(file);
                shares.add(share);
                if (!share.fits(shares.getFirst())) {
                    throw new AdminException(
                            file + " is a share of another recovery key than " + files.getFirst() + ".");
                }
                if (shares.stream()
                                .filter(one -> one.number() == share.number())
                                .count()
                        > 1) {
                    throw new AdminException("Share " + share.number() + " is there twice.");
                }
            }
            int needed = shares.isEmpty() ? 1 : shares.getFirst().threshold();
            if (shares.size() < needed) {
                throw new AdminException("Not enough shares: " + shares.size() + " given, " + needed + " needed.");
            }
            return read;
        } catch (IOException | AdminException e) {
            read.close();
            throw e;
        }
    }

    private static RecoveryShare share(Path file) throws IOException, AdminException {
        if (Files.size(file) > LONGEST_FILE) {
            throw new AdminException(file + " is no share.");
        }
        byte[] typed = Files.readAllBytes(file);
        try {
            return RecoveryShare.parse(typed);
        } catch (MalformedException e) {
            throw new AdminException(file + " cannot be read as a share: " + e.getMessage() + ".", e);
        } finally {
            Arrays.fill(typed, (byte) 0);
        }
    }

    /// Whether they are of the key with this fingerprint.
    boolean areOf(Digest key) {
        return shares.getFirst().isOf(key);
    }

    String keyName() {
        return shares.getFirst().keyName();
    }

    /// Puts them together. @return closed by the caller
    RecoverySeed combine() throws AdminException {
        return RecoverySeed.of(shares);
    }

    @Override
    public void close() {
        shares.forEach(RecoveryShare::close);
    }
}
