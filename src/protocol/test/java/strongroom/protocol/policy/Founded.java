package strongroom.protocol.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.KeyCertificate;
import strongroom.protocol.Keys;
import strongroom.protocol.Organisation;
import strongroom.protocol.PinSet;
import strongroom.protocol.Signed;

/// An organisation and its administrator, Ada.
///
/// @param now its certificates are good for a day before and after
record Founded(Keys root, Keys admin, Organisation organisation, Instant now) {
    static Founded at(Instant now) throws Exception {
        Keys root = Keys.make();
        List<Digest> pins = List.of(Digest.ZERO, Digest.sha256(new byte[] {1}));
        PinSet set = new PinSet("Muster AG", 1, pins, now);
        return new Founded(root, Keys.make(), new Organisation(root.verifyingKey(), set.sign(root)), now);
    }

    /// Ada's, for a role, by whoever issues it.
    Signed certificate(KeyCertificate.Role role, Keys issuer) throws Exception {
        return new KeyCertificate(
                        role,
                        Id.of(new byte[Id.SIZE]),
                        "Ada",
                        admin.verifyingKey(),
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofDays(1)))
                .sign(issuer);
    }
}
