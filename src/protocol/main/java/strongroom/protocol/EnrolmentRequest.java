package strongroom.protocol;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

/// What a device asks for when it enrols, signed by the enrolment code, so that no server can put another key in
/// its place. Arrays belong to the record once they are given to it.
///
/// @param deviceName what its user called the device
/// @param platform operating system and version, as the device says
/// @param assurance how its store is sealed, as the device says: `hardware`, `keystore` or `passphrase`
/// @param signingRequest PKCS#10 (RFC 2986) of the device's TLS key, DER
/// @param statementKey checks the device's receipts
/// @param joinKey HPKE public key that the person's keys can be handed to
/// @param personKeys the person's new keys on their first device; null on a later one
public record EnrolmentRequest(
        String deviceName,
        String platform,
        String assurance,
        byte[] signingRequest,
        VerifyingKey statementKey,
        byte[] joinKey,
        @Nullable PersonKeys personKeys) {
    private static final int NAME_LIMIT = 256;
    private static final int REQUEST_LIMIT = 8192;

    /// Reads a request that the code's key signed.
    public static EnrolmentRequest open(Signed signed, VerifyingKey code) throws MalformedException {
        CanonicalReader in = new CanonicalReader(signed.open(code, Signed.Purpose.ENROLMENT));
        EnrolmentRequest request = new EnrolmentRequest(
                in.text(NAME_LIMIT),
                in.text(NAME_LIMIT),
                in.text(NAME_LIMIT),
                in.bytes(REQUEST_LIMIT),
                VerifyingKey.read(in),
                in.bytes(PersonKeys.BOX_LIMIT),
                in.bool() ? PersonKeys.read(in) : null);
        in.end();
        return request;
    }

    /// Has the code's key sign this request.
    public Signed sign(Signer code) throws Signer.SigningException {
        CanonicalWriter out = new CanonicalWriter()
                .text(deviceName)
                .text(platform)
                .text(assurance)
                .bytes(signingRequest);
        statementKey.write(out);
        out.bytes(joinKey).bool(personKeys != null);
        if (personKeys != null) {
            personKeys.write(out);
        }
        return Signed.by(code, Signed.Purpose.ENROLMENT, out.toByteArray());
    }

    /// The digits that the new device and the one that approves it both show: 16 decimal digits (53 bits) of a hash
    /// over the key that will receive the person's keys. To slip in another key unnoticed, somebody would have to
    /// make some 2^53 hybrid key pairs while two screens are being compared.
    public String approvalCode() {
        return approvalCode(joinKey, statementKey);
    }

    /// The same digits from the two keys alone, for the device that has them.
    public static String approvalCode(byte[] joinKey, VerifyingKey statementKey) {
        byte[] hash = Digest.sha256(joinKey, statementKey.toByteArray()).toByteArray();
        StringBuilder digits = new StringBuilder(19);
        for (int group = 0; group < 4; group++) {
            long word = 0;
            for (int i = 0; i < 8; i++) {
                word = word << 8 | (hash[8 * group + i] & 0xff);
            }
            digits.append(group == 0 ? "" : " ")
                    .append(String.format(Locale.ROOT, "%04d", Long.remainderUnsigned(word, 10_000)));
        }
        return digits.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnrolmentRequest that
                && Arrays.equals(signingRequest, that.signingRequest)
                && statementKey.equals(that.statementKey)
                && Arrays.equals(joinKey, that.joinKey);
    }

    @Override
    public int hashCode() {
        return statementKey.hashCode();
    }

    @Override
    public String toString() {
        return "EnrolmentRequest[" + statementKey + "]";
    }
}
