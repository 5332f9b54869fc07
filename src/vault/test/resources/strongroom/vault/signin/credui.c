// The window in which Windows asks for a password, and the security authority behind it, in memory, for tests on a machine
// without Windows: with the signatures of Windows' own headers. Counts what is not given back, and what is not overwritten.
#include <windows.h>
#include <wincred.h>
#include <ntsecapi.h>

#define PACKAGE 7
#define AUTHORITY ((HANDLE)0x10)
#define MINE ((HANDLE)0x20)
#define THEIRS ((HANDLE)0x30)

int model_error, model_status, model_person, model_waits, model_shown;
int model_buffers, model_readable, model_profiles, model_handles, model_logons;
HWND model_window;

static const char typed[] = "what the person typed";
static unsigned char persons[2][12] = {{1, 1, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0}, {1, 1, 0, 0, 0, 0, 0, 5, 22, 0, 0, 0}};

static BOOL begins_with_w(LPCWSTR text) {
    return text[0] == L'W' && text[4] == 0;
}

DWORD WINAPI CredUIPromptForWindowsCredentialsW(PCREDUI_INFOW info, DWORD error, ULONG *package, LPCVOID in, ULONG in_size,
                                                LPVOID *out, ULONG *out_size, BOOL *save, DWORD flags) {
    if (info->cbSize != sizeof(CREDUI_INFOW) || !begins_with_w(info->pszMessageText) || info->pszCaptionText[0] != L'S' ||
        info->hbmBanner || error || in || in_size || save || flags != CREDUIWIN_ENUMERATE_CURRENT_USER) {
        return ERROR_INVALID_PARAMETER;
    }
    model_window = info->hwndParent;
    __atomic_store_n(&model_shown, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&model_waits, __ATOMIC_SEQ_CST)) {
    }
    if (!model_error) {
        *package = PACKAGE;
        *out_size = sizeof typed;
        *out = malloc(sizeof typed);
        memcpy(*out, typed, sizeof typed);
        model_buffers++;
    }
    return model_error;
}

void WINAPI CoTaskMemFree(LPVOID buffer) {
    for (size_t i = 0; i < sizeof typed; i++) {
        model_readable += ((char *)buffer)[i] != 0;
    }
    free(buffer);
    model_buffers--;
}

NTSTATUS NTAPI LsaConnectUntrusted(PHANDLE authority) {
    *authority = AUTHORITY;
    model_handles++;
    return 0;
}

NTSTATUS NTAPI LsaDeregisterLogonProcess(HANDLE authority) {
    model_handles -= authority == AUTHORITY;
    return 0;
}

NTSTATUS NTAPI LsaLogonUser(HANDLE authority, PLSA_STRING origin, SECURITY_LOGON_TYPE type, ULONG package, PVOID given,
                            ULONG size, PTOKEN_GROUPS groups, PTOKEN_SOURCE source, PVOID *profile, PULONG profile_size,
                            PLUID logon, PHANDLE token, PQUOTA_LIMITS quotas, PNTSTATUS reason) {
    model_logons++;
    if (authority != AUTHORITY || origin->Length != 10 || memcmp(origin->Buffer, "Strongroom", 11) || type != Interactive ||
        package != PACKAGE || size != sizeof typed || memcmp(given, typed, size) || groups ||
        memcmp(source->SourceName, "Strongro", 8) || source->SourceIdentifier.LowPart != 3) {
        return (NTSTATUS)0xc000000d;
    }
    *profile_size = 4;
    *profile = malloc(4);
    model_profiles++;
    logon->LowPart = 4;
    memset(quotas, 0, sizeof *quotas);
    *reason = 0;
    if (model_status >= 0) {
        *token = THEIRS;
        model_handles++;
    }
    return model_status;
}

NTSTATUS NTAPI LsaFreeReturnBuffer(PVOID buffer) {
    free(buffer);
    model_profiles--;
    return 0;
}

BOOL WINAPI AllocateLocallyUniqueId(PLUID id) {
    *id = (LUID){3, 0};
    return TRUE;
}

BOOL WINAPI OpenProcessToken(HANDLE process, DWORD access, PHANDLE token) {
    *token = MINE;
    model_handles++;
    return process == (HANDLE)-1 && access == TOKEN_QUERY;
}

BOOL WINAPI GetTokenInformation(HANDLE token, TOKEN_INFORMATION_CLASS about, LPVOID result, DWORD size, PDWORD needed) {
    *needed = sizeof(TOKEN_USER) + sizeof persons[0];
    if (about != TokenUser || size < *needed) {
        return FALSE;
    }
    void *sid = (char *)result + sizeof(TOKEN_USER);
    memcpy(sid, persons[token == MINE ? 0 : model_person], sizeof persons[0]);
    ((TOKEN_USER *)result)->User = (SID_AND_ATTRIBUTES){sid, 0};
    return TRUE;
}

BOOL WINAPI EqualSid(PSID one, PSID other) {
    return !memcmp(one, other, sizeof persons[0]);
}

BOOL WINAPI CloseHandle(HANDLE handle) {
    model_handles -= handle == MINE || handle == THEIRS;
    return TRUE;
}
