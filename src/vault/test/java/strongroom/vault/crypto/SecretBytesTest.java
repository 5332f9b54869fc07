package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SecretBytesTest {
    private static byte[] bytes(SecretBytes secret) {
        return secret.<byte[], RuntimeException>use(byte[]::clone);
    }

    @Test
    void whatIsTakenOverIsZeroedWhereItCameFrom() {
        byte[] source = {1, 2, 3};
        char[] pin = {'1', 'ä', '€'};
        try (SecretBytes secret = SecretBytes.ofAndZero(source);
                SecretBytes text = SecretBytes.ofAndZero(pin)) {
            assertArrayEquals(new byte[] {1, 2, 3}, bytes(secret));
            assertEquals(6, text.size());
        }
        assertArrayEquals(new byte[3], source);
        assertArrayEquals(new char[3], pin);
    }

    @Test
    void aLentCopyIsZeroedAfterwards() {
        try (SecretBytes secret = SecretBytes.random(16, new SecureRandom())) {
            byte[] kept = secret.<byte[], RuntimeException>use(lent -> lent);

            assertArrayEquals(new byte[16], kept);
        }
    }

    @Test
    void afterClosingNothingIsLent() {
        SecretBytes secret = SecretBytes.ofAndZero(new byte[] {1});
        secret.close();
        secret.close();

        assertThrows(IllegalStateException.class, () -> bytes(secret));
    }

    @Test
    void partsAreJoinedInOrder() {
        try (SecretBytes one = SecretBytes.ofAndZero(new byte[] {1, 2});
                SecretBytes none = SecretBytes.ofAndZero(new byte[0]);
                SecretBytes three = SecretBytes.ofAndZero(new byte[] {3});
                SecretBytes joined = SecretBytes.join(one, none, three);
                SecretBytes copy = joined.copy()) {
            assertArrayEquals(new byte[] {1, 2, 3}, bytes(joined));
            assertTrue(joined.matches(copy));
            assertFalse(joined.matches(one));
        }
    }

    @Test
    void itsTextShowsItsSizeAlone() {
        try (SecretBytes secret = SecretBytes.ofAndZero(new byte[] {65, 66})) {
            assertEquals("SecretBytes[2]", secret.toString());
        }
    }

    @Test
    void moreAndLargerSecretsThanThereIsLockedMemoryForAreKeptApart() {
        List<SecretBytes> secrets = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                secrets.add(SecretBytes.ofAndZero(new byte[] {(byte) i, (byte) (i >> 8)}));
            }
            for (int i = 0; i < 600; i += 2) {
                secrets.get(i).close();
                secrets.set(i, SecretBytes.ofAndZero(new byte[] {(byte) i, (byte) (i >> 8)}));
            }
            for (int i = 0; i < 600; i++) {
                assertArrayEquals(new byte[] {(byte) i, (byte) (i >> 8)}, bytes(secrets.get(i)));
            }
            secrets.add(SecretBytes.ofAndZero(new byte[5000]));
            assertEquals(5000, secrets.getLast().size());
        } finally {
            secrets.forEach(SecretBytes::close);
        }
    }

    @Test
    void onLinuxThePagesAreLockedAndNotDumped() throws Exception {
        Path map = Path.of("/proc/self/smaps");
        Assumptions.assumeTrue(Files.exists(map), "not Linux");
        Assumptions.assumeTrue(LockedPool.isLocked(), "this user may lock no memory");

        assertTrue(Files.readAllLines(map).stream()
                .anyMatch(line -> line.startsWith("VmFlags:") && line.contains(" lo ") && line.contains(" dd")));
    }
}
