package strongroom.protocol;

import java.util.List;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// A vault as the server lists it to a member.
///
/// @param vault its id
/// @param keys its keys wrapped to the asking person, each a signed {@link WrappedVaultKey}
/// @param sequence number of the newest commit, 0 if there is none
/// @param head hash of the newest commit, zero if there is none
public record VaultRecord(Id vault, List<Signed> keys, long sequence, Digest head) {
    private static final int LIST_LIMIT = 10_000;

    /// Copies the list.
    public VaultRecord {
        keys = List.copyOf(keys);
    }

    private static VaultRecord read(CanonicalReader in) throws MalformedException {
        return new VaultRecord(Id.read(in), in.list(LIST_LIMIT, Signed::read), in.int64(), Digest.read(in));
    }

    private void write(CanonicalWriter out) {
        vault.write(out);
        out.list(keys, (to, key) -> key.write(to)).int64(sequence);
        head.write(out);
    }

    /// Reads a list of vaults.
    public static List<VaultRecord> listOf(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        List<VaultRecord> vaults = in.list(LIST_LIMIT, VaultRecord::read);
        in.end();
        return vaults;
    }

    /// A list of vaults in canonical bytes.
    public static byte[] toByteArray(List<VaultRecord> vaults) {
        return new CanonicalWriter()
                .list(vaults, (out, vault) -> vault.write(out))
                .toByteArray();
    }
}
