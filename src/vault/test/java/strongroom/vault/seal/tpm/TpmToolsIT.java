package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.vault.crypto.Aead;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.PcrSelection;

/// The same seal opened by tpm2-tools, which share no code with us: our commands mean what we think they mean.
class TpmToolsIT {
    private static final String ROOT_ATTRIBUTES =
            "restricted|decrypt|fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda";

    @TempDir
    Path folder;

    @Test
    void whatWeSealedIsOpenedByTheToolsOfOthers() throws Exception {
        isOpenedByTheToolsOfOthers(PcrSelection.NONE);
    }

    @Test
    void whatWeBoundToHowTheMachineIsStartedIsToo() throws Exception {
        isOpenedByTheToolsOfOthers(PcrSelection.of(List.of(0, 2, 4, 7, 9, 14, 15, 23)));
    }

    private void isOpenedByTheToolsOfOthers(PcrSelection registers) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/tpm2_unseal")), "tpm2-tools are not installed");
        SecureRandom random = new SecureRandom();
        try (Swtpm tpm = Swtpm.atPort();
                SecretBytes secret = SecretBytes.random(32, random);
                SecretBytes authorisation = SecretBytes.random(32, random)) {
            tpm.extend(7);
            tpm.extend(9);
            TpmBlob blob = TpmBlob.read(new TpmSealer(tpm.address(), random)
                    .boundTo(registers)
                    .orElseThrow()
                    .seal(secret, authorisation));
            String tcti = "swtpm:host=127.0.0.1,port=" + ((TpmAddress.TcpEmulator) tpm.address()).port();
            write("object.pub", blob.object().publicArea());
            write("object.priv", blob.object().privateArea());

            run(tcti, "tpm2_createprimary", "-C", "o", "-G", "ecc", "-a", ROOT_ATTRIBUTES, "-c", "root");
            run(tcti, "tpm2_flushcontext", "-t");
            run(tcti, "tpm2_readpublic", "-c", "root", "-n", "root.name");
            run(tcti, "tpm2_flushcontext", "-t");
            run(tcti, "tpm2_load", "-C", "root", "-u", "object.pub", "-r", "object.priv", "-c", "object");
            run(tcti, "tpm2_flushcontext", "-t");
            run(tcti, "tpm2_startauthsession", "--policy-session", "-S", "session");
            if (!registers.isEmpty()) {
                run(tcti, "tpm2_policypcr", "-S", "session", "-l", "sha256:" + registers);
            }
            run(tcti, "tpm2_policyauthvalue", "-S", "session");
            run(tcti, "tpm2_unseal", "-c", "object", "-p", "session:session+hex:" + hex(authorisation), "-o", "half");
            run(tcti, "tpm2_flushcontext", "session");

            // Starts with the number of the hash, as the name in our blob does.
            assertArrayEquals(blob.rootName(), Files.readAllBytes(folder.resolve("root.name")));
            try (SecretBytes half = SecretBytes.ofAndZero(Files.readAllBytes(folder.resolve("half")));
                    SecretBytes nvAuth = TpmSealer.nvAuth(half)) {
                String index = "0x%x".formatted(blob.nvIndex());
                run(tcti, "tpm2_nvread", index, "-P", "hex:" + hex(nvAuth), "-s", "32", "-o", "other");
                try (SecretBytes other = SecretBytes.ofAndZero(Files.readAllBytes(folder.resolve("other")));
                        SecretBytes key = TpmSealer.key(half, other);
                        SecretBytes opened = Aead.openSecret(key, blob.header(), blob.sealed())) {
                    assertTrue(opened.matches(secret));
                }
            }
        }
    }

    /// The content behind its length, as the tools keep it.
    private void write(String name, byte[] content) throws Exception {
        Files.write(folder.resolve(name), new TpmWriter().sized(content).toByteArray());
    }

    private static String hex(SecretBytes secret) {
        return secret.<String, RuntimeException>use(HexFormat.of()::formatHex);
    }

    private void run(String tcti, String... command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("TPM2TOOLS_TCTI", tcti);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command[0] + ": " + said);
    }
}
