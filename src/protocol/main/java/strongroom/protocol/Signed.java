package strongroom.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// Canonical bytes of a record with one signature over them and over what they are (the purpose), so that a
/// signature given for one kind of statement is worth nothing for another. Verify first, then parse: the payload
/// leaves only through {@link #open}. Immutable.
public final class Signed {
    private static final int PAYLOAD_LIMIT = 1 << 20;
    private static final int SIGNATURE_LIMIT = 128;
    private static final byte[] DOMAIN = "strongroom signed v1\0".getBytes(StandardCharsets.US_ASCII);

    /// What a signature says; the number stands under the signature.
    public enum Purpose {
        /// {@link KeyCertificate}, by the root or by an administrator.
        KEY_CERTIFICATE(1),
        /// {@link PinSet}, by the root.
        PIN_SET(2),
        /// {@link EnrolmentRequest}, by an enrolment code.
        ENROLMENT(3),
        /// {@link Order}, by an administrator.
        ORDER(4),
        /// {@link Receipt}, by a device's statement key.
        RECEIPT(5),
        /// {@link CommitHeader}, by a person.
        COMMIT(6),
        /// {@link Grant}, by a person.
        GRANT(7),
        /// {@link WrappedVaultKey}, by a person.
        VAULT_KEY(8),
        /// {@link AdminRequest}, by an administrator.
        ADMIN_REQUEST(9),
        /// {@link strongroom.protocol.policy.SharePolicy}, by an administrator.
        SHARE_POLICY(10),
        /// {@link strongroom.protocol.share.Lease}, by the server's lease key.
        LEASE(11),
        /// {@link strongroom.protocol.share.Evaluation}, by the key of a slot.
        SHARE_CONFIRMATION(12),
        /// {@link RecoveryKey}, by the root.
        RECOVERY_KEY(13),
        /// {@link RecoveryGrant}, by a person.
        RECOVERY_GRANT(14),
        /// {@link strongroom.protocol.posture.PostureReport}, by a device's statement key.
        POSTURE(15),
        /// {@link strongroom.protocol.policy.PinPolicy}, by an administrator.
        PIN_POLICY(16),
        /// {@link SelfDestruction}, by a device's statement key.
        SELF_DESTRUCTION(17);

        private final int code;

        Purpose(int code) {
            this.code = code;
        }
    }

    private final byte[] payload;
    private final byte[] signature;

    private Signed(byte[] payload, byte[] signature) {
        this.payload = payload;
        this.signature = signature;
    }

    /// Signs `payload` for one purpose.
    public static Signed by(Signer signer, Purpose purpose, byte[] payload) throws Signer.SigningException {
        return new Signed(payload.clone(), signer.sign(message(purpose, payload)));
    }

    /// The payload, if `key` signed it for this purpose.
    ///
    /// @throws MalformedException if it did not: nothing of the payload may be used
    public byte[] open(VerifyingKey key, Purpose purpose) throws MalformedException {
        if (!key.verifies(message(purpose, payload), signature)) {
            throw new MalformedException("signature does not hold: " + purpose);
        }
        return payload.clone();
    }

    /// The payload as it came, **not verified**: only to find out which key must have signed it.
    public byte[] unverifiedPayload() {
        return payload.clone();
    }

    /// SHA-256 over payload and signature: names this very statement.
    public Digest digest() {
        return Digest.sha256(toByteArray());
    }

    /// Reads payload and signature from canonical bytes; checks nothing but the form.
    public static Signed read(CanonicalReader in) throws MalformedException {
        return new Signed(in.bytes(PAYLOAD_LIMIT), in.bytes(SIGNATURE_LIMIT));
    }

    /// Reads from bytes that hold nothing else.
    public static Signed of(byte[] encoded) throws MalformedException {
        CanonicalReader in = new CanonicalReader(encoded);
        Signed signed = read(in);
        in.end();
        return signed;
    }

    /// Writes payload and signature.
    public void write(CanonicalWriter out) {
        out.bytes(payload).bytes(signature);
    }

    /// Payload and signature in canonical bytes.
    public byte[] toByteArray() {
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        return out.toByteArray();
    }

    private static byte[] message(Purpose purpose, byte[] payload) {
        return new CanonicalWriter()
                .fixed(DOMAIN)
                .uint8(purpose.code)
                .bytes(payload)
                .toByteArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signed that
                && Arrays.equals(payload, that.payload)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "Signed[" + digest() + "]";
    }
}
