package strongroom.server.people;

import strongroom.protocol.Digest;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Signed;

/// An administrator whose request was admitted.
///
/// @param certificate as the root signed it
/// @param opened what it says
public record Administrator(Signed certificate, KeyCertificate opened) {
    /// Names the administrator's key in the audit.
    public Digest fingerprint() {
        return opened.key().fingerprint();
    }
}
