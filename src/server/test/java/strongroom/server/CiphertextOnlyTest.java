package strongroom.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.Id;

/// What lies in the server's folder.
class CiphertextOnlyTest {
    private static final String MARKER = "the merger is on for Thursday";

    @TempDir
    private Path directory;

    private static byte[] encrypted(byte[] key, byte[] nonce, String text) throws Exception {
        Cipher aes = Cipher.getInstance("AES/GCM/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        return aes.doFinal(text.repeat(50).getBytes(StandardCharsets.UTF_8));
    }

    private List<Path> holding(Path folder, byte[] wanted) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, wanted))
                    .toList();
        }
    }

    private static boolean contains(Path file, byte[] wanted) {
        try {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            return content.contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noWordNoKeyAndNoCodeOfAPersonRestsThere() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory)) {
            byte[] key = new byte[32];
            byte[] nonce = new byte[12];
            organisation.random.nextBytes(key);
            organisation.random.nextBytes(nonce);
            byte[] ciphertext = encrypted(key, nonce, MARKER);
            EnrolmentCode code = organisation.code("Linus");
            try (DeviceClient device = organisation.enrol("Grace")) {
                Id vault = device.createVault();
                Digest chunk = Digest.sha256(new byte[] {1});
                DeviceClient.require(204, device.putChunk(vault, chunk, ciphertext));
                Commit commit = device.commit(vault, 1, Digest.ZERO, ciphertext, List.of(chunk));
                DeviceClient.require(204, device.append(vault, commit));
                assertEquals(List.of(commit), device.commits(vault, 0));
            }

            assertEquals(List.of(), holding(organisation.home, MARKER.getBytes(StandardCharsets.UTF_8)));
            assertEquals(List.of(), holding(organisation.home, key));
            assertEquals(List.of(), holding(organisation.home, code.signingSeed()));
            assertEquals(
                    List.of(),
                    holding(organisation.home, code.text().substring(0, 23).getBytes(StandardCharsets.UTF_8)));
            // The ciphertext itself is there, once as a chunk and once in the log: the search above does find things.
            assertEquals(2, holding(organisation.home, ciphertext).size());
        }
    }

    @Test
    void theServerHasNoneOfTheAdministratorsKeys() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory)) {
            for (String name : List.of("root.key", "admin.key", "reserve.key")) {
                Path secret = organisation.admin.resolve(name);

                assertEquals(List.of(), holding(organisation.home, Files.readAllBytes(secret)), name);
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)), name);
            }
            for (String name : List.of("authority.key", "tls.key", "lease.key")) {
                Path secret = organisation.home.resolve(name);

                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)), name);
            }
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(organisation.home)));
        }
    }

    @Test
    void theServerRunsWithoutTheAdministratorsFolder() throws Exception {
        try (TestOrganisation organisation = TestOrganisation.start(directory);
                DeviceClient device = organisation.enrol("Grace")) {
            Path away = directory.resolve("in-the-safe");
            Files.move(organisation.admin, away);
            assertFalse(Files.exists(organisation.admin));

            organisation.restart();

            DeviceClient.require(200, device.get("/v1/vaults"));
            assertTrue(Files.exists(away));
        }
    }
}
