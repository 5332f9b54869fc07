package strongroom.vault.sync;

import strongroom.protocol.Id;
import strongroom.protocol.Refusal;
import strongroom.protocol.Signed;

/// Makes a vault known to the server. It may be repeated: each time the vault key is wrapped anew, which gives other
/// bytes, so a vault that an earlier call made answers with a conflict, and that is as good as done. The key that
/// stands there comes with the next sync, and the window checks that it is the person's own.
///
/// @param vault which @param key the vault key wrapped to its first member, signed
public record Announcement(Id vault, Signed key) {
    /// Returns when the server knows the vault.
    public void to(SyncServer server) throws SyncException {
        try {
            server.createVault(vault, key);
        } catch (SyncException e) {
            if (e.refusal() != Refusal.CONFLICT) {
                throw e;
            }
        }
    }
}
