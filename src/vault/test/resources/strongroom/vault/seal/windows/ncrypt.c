// The Platform Crypto Provider in memory, for tests on a machine without Windows: as much of ncrypt.dll as sealing
// calls, with the signatures that Windows' own headers give it, checking whatever a caller could get wrong. It encrypts
// nothing: a ciphertext is the number of a plaintext that it keeps.
#include <windows.h>
#include <ncrypt.h>
#include <bcrypt.h>

#define AUTH 32
#define CIPHERTEXT 256
#define KEYS 512
#define MOST 10
#define TPM_20_LOCKOUT ((SECURITY_STATUS)0x80280921)

typedef struct {
    WCHAR name[80];
    DWORD length, usage, auth_size, plain_size;
    BYTE auth[AUTH], plain[AUTH];
    BOOL kept;
} KEY;

typedef struct {
    KEY *key; // none: the provider's handle
    BOOL open, is_new;
    BYTE shown[AUTH];
    DWORD shown_size;
} HANDLES;

static KEY keys[KEYS];
static HANDLES handles[KEYS];
static int wrong;
static volatile int turn;

static void begin(void) {
    while (__sync_lock_test_and_set(&turn, 1)) {
    }
}

static SECURITY_STATUS end(SECURITY_STATUS status) {
    __sync_lock_release(&turn);
    return status;
}

static BOOL same(const WCHAR *one, const WCHAR *other) {
    while (*one && *one == *other) {
        one++, other++;
    }
    return *one == *other;
}

static HANDLES *of(NCRYPT_HANDLE handle) {
    return handle >= 1 && handle < KEYS && handles[handle].open ? &handles[handle] : 0;
}

static NCRYPT_HANDLE new_handle(KEY *key) {
    for (NCRYPT_HANDLE i = 1; i < KEYS; i++) {
        if (!handles[i].open) {
            handles[i] = (HANDLES){.key = key, .open = TRUE};
            return i;
        }
    }
    return 0;
}

static KEY *find(const WCHAR *name) {
    for (int i = 0; i < KEYS; i++) {
        if (keys[i].kept && same(keys[i].name, name)) {
            return &keys[i];
        }
    }
    return 0;
}

// For the test: how many handles were not freed; and that the TPM has forgiven.
int model_open_handles(void) {
    int open = 0;
    for (int i = 1; i < KEYS; i++) {
        open += handles[i].open;
    }
    return open;
}

int model_kept_keys(void) {
    int kept = 0;
    for (int i = 0; i < KEYS; i++) {
        kept += keys[i].kept;
    }
    return kept;
}

void model_forgive(void) {
    wrong = 0;
}

SECURITY_STATUS WINAPI NCryptOpenStorageProvider(NCRYPT_PROV_HANDLE *provider, LPCWSTR name, DWORD flags) {
    if (!same(name, MS_PLATFORM_CRYPTO_PROVIDER) || flags) {
        return NTE_BAD_PROVIDER;
    }
    begin();
    *provider = new_handle(0);
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptCreatePersistedKey(NCRYPT_PROV_HANDLE provider, NCRYPT_KEY_HANDLE *handle,
        LPCWSTR algorithm, LPCWSTR name, DWORD legacy, DWORD flags) {
    begin();
    HANDLES *parent = of(provider);
    if (!parent || parent->key || !same(algorithm, BCRYPT_RSA_ALGORITHM) || legacy || flags) {
        return end(NTE_INVALID_PARAMETER);
    }
    if (find(name)) {
        return end(NTE_EXISTS);
    }
    for (int i = 0; i < KEYS; i++) {
        if (!keys[i].kept && !keys[i].name[0]) {
            for (int j = 0; j < 79 && name[j]; j++) {
                keys[i].name[j] = name[j];
            }
            *handle = new_handle(&keys[i]);
            of(*handle)->is_new = TRUE;
            return end(ERROR_SUCCESS);
        }
    }
    return end(NTE_NO_MEMORY);
}

SECURITY_STATUS WINAPI NCryptSetProperty(NCRYPT_HANDLE handle, LPCWSTR property, PBYTE input, DWORD size, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || !open->key || flags != NCRYPT_SILENT_FLAG) {
        return end(NTE_INVALID_PARAMETER);
    }
    if (same(property, NCRYPT_PCP_USAGEAUTH_PROPERTY) && size == AUTH) {
        memcpy(open->is_new ? open->key->auth : open->shown, input, AUTH);
        *(open->is_new ? &open->key->auth_size : &open->shown_size) = AUTH;
        return end(ERROR_SUCCESS);
    }
    if (open->is_new && size == sizeof(DWORD)) {
        if (same(property, NCRYPT_LENGTH_PROPERTY)) {
            open->key->length = *(DWORD *)input;
            return end(ERROR_SUCCESS);
        }
        if (same(property, NCRYPT_KEY_USAGE_PROPERTY)) {
            open->key->usage = *(DWORD *)input;
            return end(ERROR_SUCCESS);
        }
    }
    return end(NTE_NOT_SUPPORTED);
}

SECURITY_STATUS WINAPI NCryptGetProperty(NCRYPT_HANDLE handle, LPCWSTR property, PBYTE output, DWORD size,
        DWORD *result, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || open->key || flags != NCRYPT_SILENT_FLAG || !same(property, NCRYPT_PCP_PLATFORM_TYPE_PROPERTY)) {
        return end(NTE_INVALID_PARAMETER);
    }
    if (size < 8) {
        return end(NTE_BUFFER_TOO_SMALL);
    }
    memcpy(output, L"TPM", 8);
    *result = 8;
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptFinalizeKey(NCRYPT_KEY_HANDLE handle, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || !open->is_new || flags != NCRYPT_SILENT_FLAG || open->key->length != 2048
            || open->key->usage != NCRYPT_ALLOW_DECRYPT_FLAG) {
        return end(NTE_INVALID_PARAMETER);
    }
    open->is_new = FALSE;
    open->key->kept = TRUE;
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptOpenKey(NCRYPT_PROV_HANDLE provider, NCRYPT_KEY_HANDLE *handle, LPCWSTR name,
        DWORD legacy, DWORD flags) {
    begin();
    HANDLES *parent = of(provider);
    KEY *key = find(name);
    if (!parent || parent->key || legacy || flags != NCRYPT_SILENT_FLAG) {
        return end(NTE_INVALID_PARAMETER);
    }
    if (!key) {
        return end(NTE_BAD_KEYSET);
    }
    *handle = new_handle(key);
    return end(ERROR_SUCCESS);
}

static BOOL oaep(VOID *padding, DWORD flags) {
    BCRYPT_OAEP_PADDING_INFO *info = padding;
    return flags == (NCRYPT_PAD_OAEP_FLAG | NCRYPT_SILENT_FLAG) && same(info->pszAlgId, BCRYPT_SHA256_ALGORITHM)
            && !info->pbLabel && !info->cbLabel;
}

SECURITY_STATUS WINAPI NCryptEncrypt(NCRYPT_KEY_HANDLE handle, PBYTE input, DWORD size, VOID *padding, PBYTE output,
        DWORD room, DWORD *result, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || !open->key || open->is_new || !oaep(padding, flags) || size > AUTH || room < CIPHERTEXT) {
        return end(NTE_INVALID_PARAMETER);
    }
    memcpy(open->key->plain, input, size);
    open->key->plain_size = size;
    memset(output, 0x5a, CIPHERTEXT);
    *result = CIPHERTEXT;
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptDecrypt(NCRYPT_KEY_HANDLE handle, PBYTE input, DWORD size, VOID *padding, PBYTE output,
        DWORD room, DWORD *result, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || !open->key || !oaep(padding, flags) || size != CIPHERTEXT || input[0] != 0x5a || room < AUTH) {
        return end(NTE_INVALID_PARAMETER);
    }
    if (open->key->auth_size) {
        if (wrong >= MOST) {
            return end(TPM_20_LOCKOUT);
        }
        if (open->shown_size != AUTH || memcmp(open->shown, open->key->auth, AUTH)) {
            wrong++;
            return end(NTE_PERM);
        }
    }
    memcpy(output, open->key->plain, open->key->plain_size);
    *result = open->key->plain_size;
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptDeleteKey(NCRYPT_KEY_HANDLE handle, DWORD flags) {
    begin();
    HANDLES *open = of(handle);
    if (!open || !open->key || flags != NCRYPT_SILENT_FLAG) {
        return end(NTE_INVALID_HANDLE);
    }
    *open->key = (KEY){.kept = FALSE};
    open->open = FALSE;
    return end(ERROR_SUCCESS);
}

SECURITY_STATUS WINAPI NCryptFreeObject(NCRYPT_HANDLE handle) {
    begin();
    HANDLES *open = of(handle);
    if (!open) {
        return end(NTE_INVALID_HANDLE);
    }
    open->open = FALSE;
    return end(ERROR_SUCCESS);
}
