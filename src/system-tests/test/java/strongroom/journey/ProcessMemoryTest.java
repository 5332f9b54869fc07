package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// The search finds what is in a memory, here in that of this very process, in each form in which Java keeps it.
class ProcessMemoryTest {
    private static final int CIPHERS = 4;

    @Test
    void theRoundKeysOfEveryCipherAreFound() throws IOException, GeneralSecurityException {
        byte[] key = new byte[32];
        new Random(7).nextBytes(key);
        ProcessMemory search = new ProcessMemory();
        search.key("a key", key);
        Cipher[] ciphers = new Cipher[CIPHERS];
        for (int i = 0; i < CIPHERS; i++) {
            ciphers[i] = Cipher.getInstance("AES/GCM/NoPadding");
            ciphers[i].init(
                    Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
        }

        Map<String, Integer> found = search(search, ciphers);

        assertTrue(found.getOrDefault("a key", 0) >= 1, found::toString);
        assertTrue(found.getOrDefault("round keys of a key", 0) >= CIPHERS, found::toString);
    }

    @Test
    void aTextIsFoundAsAStringAndAsCharacters() throws IOException {
        ProcessMemory search = new ProcessMemory();
        search.text("here", new String(turned("hqolyhq-juhhq-erwwohv"), StandardCharsets.US_ASCII));
        String held = new String(turned("hqolyhq-juhhq-erwwohv"), StandardCharsets.US_ASCII);
        char[] wide = held.toCharArray();

        Map<String, Integer> found = search(search, List.of(held, wide));

        assertTrue(found.getOrDefault("here in UTF-8", 0) >= 1, found::toString);
        assertTrue(found.getOrDefault("here in UTF-16", 0) >= 1, found::toString);
    }

    /// @param held stays in memory meanwhile
    private static Map<String, Integer> search(ProcessMemory search, Object held) throws IOException {
        try {
            return search.in(ProcessHandle.current().pid());
        } finally {
            Reference.reachabilityFence(held);
        }
    }

    @Test
    void aProcessThatHasEndedHasNoMemory() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();

        assertTrue(ProcessMemory.isGone(process.pid()));
        assertFalse(ProcessMemory.isGone(ProcessHandle.current().pid()));
    }

    /// Letters three further back, so that the text itself is not in the constants of this class.
    private static byte[] turned(String letters) {
        byte[] bytes = letters.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] -= bytes[i] == '-' ? 0 : (byte) 3;
        }
        return bytes;
    }
}
