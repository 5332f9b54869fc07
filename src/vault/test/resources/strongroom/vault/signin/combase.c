// The part of the Windows Runtime that asks Windows Hello, in memory, for tests on a machine without Windows: with the
// signatures and tables of Windows' own headers where they have them. Counts what is not given back.
#include <windows.h>
#include <inspectable.h>
#include <asyncinfo.h>
#include <roapi.h>
// Its marshalling is declared with a long of 32 bits, which is one of 64 here, and not called.
#define HSTRING_UserSize not_called_1
#define HSTRING_UserMarshal not_called_2
#define HSTRING_UserUnmarshal not_called_3
#define HSTRING_UserFree not_called_4
#include <winstring.h>

int model_answer, model_looks, model_available, model_cancelled, model_objects, model_strings, model_threads;
HWND model_window;

typedef struct {
    void **table;
    int number, looks;
} OBJECT;

static const GUID interop = {0x39e050c3, 0x4e74, 0x441a, {0x8d, 0xc0, 0xb8, 0x11, 0x04, 0xdf, 0x94, 0x9c}};
static const GUID statics = {0xaf4f3f91, 0x564c, 0x4ddc, {0xb8, 0xb5, 0x97, 0x34, 0x47, 0x62, 0x7c, 0x65}};
static const GUID operation = {0xfd596ffd, 0x2318, 0x558f, {0x9d, 0xbe, 0xd2, 0x1d, 0xf4, 0x37, 0x64, 0xa5}};
static const GUID info = {0x00000036, 0, 0, {0xc0, 0, 0, 0, 0, 0, 0, 0x46}};

static BOOL is(const GUID *one, const GUID *other) {
    return !memcmp(one, other, sizeof(GUID));
}

static OBJECT *made(void **table, int number) {
    OBJECT *object = malloc(sizeof(OBJECT));
    *object = (OBJECT){table, number, 0};
    model_objects++;
    return object;
}

static ULONG STDMETHODCALLTYPE release(OBJECT *this) {
    free(this);
    model_objects--;
    return 0;
}

static HRESULT STDMETHODCALLTYPE get_status(OBJECT *this, AsyncStatus *status) {
    *status = model_cancelled ? Canceled : this->looks++ < model_looks ? Started : Completed;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE cancel(OBJECT *this) {
    model_cancelled++;
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE get_results(OBJECT *this, INT32 *result) {
    *result = this->number;
    return S_OK;
}

static IAsyncInfoVtbl info_table = {.Release = (void *)release, .get_Status = (void *)get_status, .Cancel = (void *)cancel};

static HRESULT STDMETHODCALLTYPE query(OBJECT *this, REFIID as, void **result) {
    if (!is(as, &info)) {
        return E_NOINTERFACE;
    }
    *result = made((void **)&info_table, 0);
    return S_OK;
}

static void *operation_table[] = {query, 0, release, 0, 0, 0, 0, 0, get_results};

static HRESULT STDMETHODCALLTYPE check_availability(OBJECT *this, void **result) {
    *result = made(operation_table, model_available);
    return S_OK;
}

static HRESULT STDMETHODCALLTYPE request(OBJECT *this, HWND window, HSTRING message, REFIID as, void **result) {
    UINT32 length;
    if (!is(as, &operation) || WindowsGetStringRawBuffer(message, &length)[0] != L'W' || length != 4) {
        return E_INVALIDARG;
    }
    model_window = window;
    *result = made(operation_table, model_answer);
    return S_OK;
}

static void *statics_table[] = {query, 0, release, 0, 0, 0, check_availability};
static void *interop_table[] = {query, 0, release, 0, 0, 0, request};

typedef struct {
    UINT32 length;
    WCHAR text[100];
} TEXT_OBJECT;

HRESULT WINAPI WindowsCreateString(LPCWSTR text, UINT32 length, HSTRING *result) {
    TEXT_OBJECT *object = calloc(1, sizeof(TEXT_OBJECT));
    object->length = length;
    memcpy(object->text, text, length * sizeof(WCHAR));
    *result = (HSTRING)object;
    model_strings++;
    return S_OK;
}

HRESULT WINAPI WindowsDeleteString(HSTRING text) {
    free(text);
    model_strings--;
    return S_OK;
}

LPCWSTR WINAPI WindowsGetStringRawBuffer(HSTRING text, UINT32 *length) {
    *length = ((TEXT_OBJECT *)text)->length;
    return ((TEXT_OBJECT *)text)->text;
}

HRESULT WINAPI RoInitialize(RO_INIT_TYPE type) {
    model_threads++;
    return type == RO_INIT_MULTITHREADED ? S_FALSE : E_INVALIDARG;
}

void WINAPI RoUninitialize(void) {
    model_threads--;
}

HRESULT WINAPI RoGetActivationFactory(HSTRING type, REFIID as, void **result) {
    static const WCHAR name[] = L"Windows.Security.Credentials.UI.UserConsentVerifier";
    TEXT_OBJECT *text = (TEXT_OBJECT *)type;
    if (text->length != sizeof name / sizeof(WCHAR) - 1 || memcmp(text->text, name, sizeof name)) {
        return REGDB_E_CLASSNOTREG;
    }
    *result = made(is(as, &interop) ? interop_table : is(as, &statics) ? statics_table : 0, 0);
    return S_OK;
}
