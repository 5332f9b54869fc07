package strongroom.vault.slot;

import strongroom.protocol.Id;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// Where the server's share of a slot's key comes from: from the server, or from a lease that this machine keeps.
public interface ShareSource {
    /// Has the server make a key for a slot; the one there is, if it has made it before.
    ///
    /// @param confirmation checks what {@link Share#opened} signs
    ShareKey register(Id slot, VerifyingKey confirmation) throws ShareException;

    /// The share of a slot for a PIN. For a wrong PIN it is another one; nobody but who opens the slot can tell.
    ///
    /// @param key of the slot: what another key made is refused
    /// @param input what stands for the PIN, borrowed; the server does not learn it
    /// @param leaseAuthorisation what opens a lease, borrowed
    Share share(Id slot, ShareKey key, SecretBytes input, SecretBytes leaseAuthorisation) throws ShareException;

    /// For slots that open without one: there is nothing to ask.
    static ShareSource none() {
        return new ShareSource() {
            @Override
            public ShareKey register(Id slot, VerifyingKey confirmation) throws ShareException {
                throw new ShareException(ShareException.Why.GONE, "There is no server here.", null);
            }

            @Override
            public Share share(Id slot, ShareKey key, SecretBytes input, SecretBytes leaseAuthorisation)
                    throws ShareException {
                throw new ShareException(ShareException.Why.GONE, "There is no server here.", null);
            }
        };
    }

    /// A share, closed by who asked for it.
    interface Share extends AutoCloseable {
        /// 32 bytes; closed with this.
        SecretBytes secret();

        /// The slot opened with it: the server may forget that it was tried. Does not wait for the server.
        ///
        /// @param confirmation signs that; borrowed
        void opened(SigningKey confirmation);

        @Override
        void close();
    }
}
