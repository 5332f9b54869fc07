package strongroom.vault.slot;

import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.ShareKey;

/// What a slot says of the server's share.
///
/// @param policy number of the policy that wanted a share; a lower one does not undo it
/// @param key of the server, pinned
public record SlotShare(long policy, ShareKey key) {
    static SlotShare read(CanonicalReader in) throws MalformedException {
        return new SlotShare(in.int64(), ShareKey.read(in));
    }

    void write(CanonicalWriter out) {
        out.int64(policy);
        key.write(out);
    }
}
