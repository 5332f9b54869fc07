package strongroom.vault.seal.tpm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TpmAddressTest {
    @Test
    void everyFormIsUnderstood() {
        assertEquals(new TpmAddress.None(), TpmAddress.parse("none"));
        assertEquals(new TpmAddress.Device(Path.of("/dev/tpmrm0")), TpmAddress.parse("device:/dev/tpmrm0"));
        assertEquals(new TpmAddress.UnixEmulator(Path.of("/tmp/a:b")), TpmAddress.parse("swtpm:unix:/tmp/a:b"));
        assertEquals(new TpmAddress.TcpEmulator("::1", 2321), TpmAddress.parse("swtpm:tcp:::1:2321"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tpm",
                "NONE",
                "device:",
                "device:tpm",
                "swtpm:unix:",
                "swtpm:tcp:",
                "swtpm:tcp:host",
                "swtpm:tcp:host:",
                "swtpm:tcp::1",
                "swtpm:tcp:host:0",
                "swtpm:tcp:host:65536",
                "swtpm:tcp:host:-1"
            })
    void everythingElseIsRefusedWithASentence(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> TpmAddress.parse(text));
        assertTrue(refused.getMessage().endsWith("."));
    }
}
