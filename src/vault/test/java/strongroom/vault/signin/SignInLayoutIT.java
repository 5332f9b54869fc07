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

    @Test
    void theWindowForPasswordsAndTheSecurityAuthorityAreAsWindowsHasThem() throws Exception {
        Headers windows = Headers.ofWindows("windows.h", "wincred.h", "ntsecapi.h", "ntstatus.h");

        windows.assertHave(
                WindowsLogon.CREDUI_INFO,
                WindowsLogon.LSA_STRING,
                WindowsLogon.TOKEN_SOURCE,
                WindowsLogon.SID_AND_ATTRIBUTES);
        windows.assertHave(Map.of(
                "sizeof(LUID)", WindowsLogon.LUID_SIZE,
                "sizeof(QUOTA_LIMITS)", WindowsLogon.QUOTA_LIMITS_SIZE,
                "SECURITY_MAX_SID_SIZE", WindowsLogon.LONGEST_SID,
                "CREDUIWIN_ENUMERATE_CURRENT_USER", WindowsLogon.OF_CURRENT_USER,
                "Interactive", WindowsLogon.INTERACTIVE,
                "TOKEN_QUERY", WindowsLogon.TOKEN_QUERY,
                "TokenUser", WindowsLogon.TOKEN_USER,
                "ERROR_CANCELLED", WindowsPassword.CANCELLED));
        windows.assertHave(Map.of(
                "STATUS_NO_SUCH_USER", WindowsPassword.NO_SUCH_USER,
                "STATUS_WRONG_PASSWORD", WindowsPassword.WRONG_PASSWORD,
                "STATUS_LOGON_FAILURE", WindowsPassword.LOGON_FAILURE,
                "STATUS_PASSWORD_EXPIRED", WindowsPassword.PASSWORD_EXPIRED,
                "STATUS_ACCOUNT_DISABLED", WindowsPassword.ACCOUNT_DISABLED,
                "STATUS_ACCOUNT_EXPIRED", WindowsPassword.ACCOUNT_EXPIRED,
                "STATUS_PASSWORD_MUST_CHANGE", WindowsPassword.PASSWORD_MUST_CHANGE,
                "STATUS_ACCOUNT_LOCKED_OUT", WindowsPassword.ACCOUNT_LOCKED_OUT));
    }

    private static String place(String table, String function) {
        return "offsetof(" + table + ", " + function + ") / sizeof(void *)";
    }
}
