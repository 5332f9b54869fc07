package strongroom.protocol.attest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.MalformedException;

class TpmMessagesTest {
    private static final TpmIdentity IDENTITY = new TpmIdentity(new byte[] {1, 2}, new byte[] {3}, new byte[] {4});
    private static final TpmCredential CREDENTIAL = new TpmCredential(new byte[] {5, 6}, new byte[] {7});
    private static final TpmProof PROOF = new TpmProof(
            new byte[] {8}, new KeyCertification(new byte[] {1}, new byte[] {2}, new byte[] {3}, new byte[] {4}));

    private interface Form<T> {
        T of(byte[] encoded) throws MalformedException;
    }

    private static <T> void hasOneEncoding(T message, byte[] encoded, Form<T> form) throws MalformedException {
        assertEquals(message, form.of(encoded));
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThrows(MalformedException.class, () -> form.of(cut));
        }
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        assertThrows(MalformedException.class, () -> form.of(longer));
        for (int at = 0; at < encoded.length; at++) {
            byte[] changed = encoded.clone();
            changed[at] ^= 1;
            isRefusedOrAnother(message, changed, form);
        }
    }

    private static <T> void isRefusedOrAnother(T message, byte[] changed, Form<T> form) {
        T read;
        try {
            read = form.of(changed);
        } catch (MalformedException e) {
            return;
        }
        assertNotEquals(message, read);
    }

    @Test
    void eachMessageHasOneEncoding() throws Exception {
        TpmChallenge asking = new TpmChallenge(new byte[TpmChallenge.NONCE], CREDENTIAL);
        TpmChallenge known = new TpmChallenge(new byte[TpmChallenge.NONCE], null);

        hasOneEncoding(IDENTITY, IDENTITY.toByteArray(), TpmIdentity::of);
        hasOneEncoding(asking, asking.toByteArray(), TpmChallenge::of);
        hasOneEncoding(known, known.toByteArray(), TpmChallenge::of);
        hasOneEncoding(PROOF, PROOF.toByteArray(), TpmProof::of);
    }

    @Test
    void whatIsLongerThanAnyTpmsIsRefused() {
        TpmIdentity longKey = new TpmIdentity(new byte[1025], new byte[0], new byte[0]);
        TpmIdentity longCertificate = new TpmIdentity(new byte[0], new byte[8193], new byte[0]);

        assertThrows(MalformedException.class, () -> TpmIdentity.of(longKey.toByteArray()));
        assertThrows(MalformedException.class, () -> TpmIdentity.of(longCertificate.toByteArray()));
    }
}
