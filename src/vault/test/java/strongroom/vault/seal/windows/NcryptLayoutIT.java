package strongroom.vault.seal.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import strongroom.vault.platform.Headers;
import strongroom.vault.seal.SealException.Why;

/// What is written out here of the headers of Windows, compared with them.
class NcryptLayoutIT {
    @Test
    void structuresAreWhereWindowsHasThem() throws Exception {
        Headers.ofWindows("windows.h", "bcrypt.h").assertHave(Ncrypt.BCRYPT_OAEP_PADDING_INFO);
    }

    @Test
    void numbersAreThoseOfWindows() throws Exception {
        Headers.ofWindows("windows.h", "ncrypt.h")
                .assertHave(Map.of(
                        "NCRYPT_SILENT_FLAG", Ncrypt.SILENT,
                        "NCRYPT_PAD_OAEP_FLAG", Ncrypt.PAD_OAEP,
                        "NCRYPT_ALLOW_DECRYPT_FLAG", Ncrypt.ALLOW_DECRYPT));
    }

    @Test
    void refusalsMeanWhatTheirNamesInTheHeadersSay() throws Exception {
        Map<String, Integer> codes = new HashMap<>();
        Map.of(
                        Why.WRONG_AUTHORISATION,
                        Map.of("NTE_PERM", 0x80090010, "NTE_SILENT_CONTEXT", 0x80090022),
                        Why.FOREIGN,
                        Map.of(
                                "NTE_BAD_DATA",
                                0x80090005,
                                "NTE_NO_KEY",
                                0x8009000d,
                                "NTE_NOT_FOUND",
                                0x80090011,
                                "NTE_BAD_KEYSET",
                                0x80090016),
                        Why.ABSENT,
                        Map.of(
                                "NTE_BAD_PROVIDER", 0x80090013,
                                "NTE_PROVIDER_DLL_FAIL", 0x8009001d,
                                "NTE_DEVICE_NOT_READY", 0x80090030,
                                "NTE_DEVICE_NOT_FOUND", 0x80090035,
                                "TBS_E_SERVICE_NOT_RUNNING", 0x80284008,
                                "TBS_E_TPM_NOT_FOUND", 0x8028400f,
                                "TBS_E_SERVICE_DISABLED", 0x80284010),
                        Why.NOT_PERMITTED,
                        Map.of("E_ACCESSDENIED", 0x80070005))
                .forEach((why, names) -> {
                    codes.putAll(names);
                    names.forEach((name, code) -> assertEquals(
                            why, new NcryptRefusal("a call", code).translate().why(), name));
                });

        Headers.ofWindows("windows.h").assertHave(codes);
    }
}
