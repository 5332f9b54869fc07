package strongroom.vault.signin;

import java.util.Map;
import org.junit.jupiter.api.Test;
import strongroom.vault.platform.Headers;

/// What is written out here of the headers of PAM and of Windows, compared with them.
class SignInLayoutIT {
    @Test
    void structuresAreWherePamHasThem() throws Exception {
        Headers pam = Headers.ofLinux("security/pam_appl.h");

        pam.assertHave(Pam.MESSAGE, Pam.RESPONSE, Pam.CONVERSATION);
        pam.assertHave(Map.of(
                "PAM_SUCCESS", Pam.SUCCESS,
                "PAM_AUTH_ERR", Pam.AUTH_ERR,
                "PAM_AUTHINFO_UNAVAIL", Pam.AUTHINFO_UNAVAIL,
                "PAM_CONV_ERR", Pam.CONV_ERR,
                "PAM_PROMPT_ECHO_OFF", Pam.PROMPT_ECHO_OFF,
                "PAM_PROMPT_ECHO_ON", Pam.PROMPT_ECHO_ON,
                "PAM_MAX_NUM_MSG", Pam.MOST_MESSAGES,
                "PAM_SILENT", Pam.SILENT,
                "PAM_DISALLOW_NULL_AUTHTOK", Pam.DISALLOW_NULL_AUTHTOK,
                "PAM_MAX_RESP_SIZE - 1", PamMain.LONGEST));
    }

    @Test
    void functionsAreAtTheirPlacesInTheTablesOfWindows() throws Exception {
        Headers.ofWindows("windows.h", "inspectable.h", "asyncinfo.h", "roapi.h", "windows.foundation.h")
                .assertHave(Map.of(
                        place("IUnknownVtbl", "QueryInterface"),
                        WinRt.QUERY_INTERFACE,
                        place("IUnknownVtbl", "Release"),
                        WinRt.RELEASE,
                        "sizeof(IInspectableVtbl) / sizeof(void *)",
                        WinRt.FIRST,
                        place("IAsyncInfoVtbl", "get_Status"),
                        WinRt.GET_STATUS,
                        place("IAsyncInfoVtbl", "Cancel"),
                        WinRt.CANCEL,
                        place("__FIAsyncOperation_1_booleanVtbl", "GetResults"),
                        WinRt.GET_RESULTS,
                        "RO_INIT_MULTITHREADED",
                        WinRt.MULTITHREADED,
                        "sizeof(GUID)",
                        WinRt.GUID_SIZE));
    }

    private static String place(String table, String function) {
        return "offsetof(" + table + ", " + function + ") / sizeof(void *)";
    }
}
