// Core Foundation and the Security framework in memory, for tests on a machine that is no Mac: as much of both as sealing
// calls, by Apple's documentation, counting objects. Its enclave encrypts nothing worth the name.
#include <stdlib.h>
#include <string.h>

enum { DATA = 1, STRING, NUMBER, DICTIONARY, KEY, ACCESS, ERROR };

typedef struct object {
    long count, type, size, code; // count 0: for ever
    const struct object **keys, **values;
    unsigned char bytes[1024];
} OBJECT;

typedef const OBJECT *REF;

static int live;
static long last_key;
int kCFTypeDictionaryKeyCallBacks, kCFTypeDictionaryValueCallBacks;

#define CONSTANT(name) \
    static OBJECT name##Object = {.type = STRING, .size = sizeof(#name) - 1, .bytes = #name}; \
    REF name = &name##Object;

CONSTANT(kCFBooleanFalse)
CONSTANT(kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly)
CONSTANT(kSecAttrIsPermanent)
CONSTANT(kSecAttrAccessControl)
CONSTANT(kSecAttrKeyType)
CONSTANT(kSecAttrKeyTypeECSECPrimeRandom)
CONSTANT(kSecAttrKeySizeInBits)
CONSTANT(kSecAttrTokenID)
CONSTANT(kSecAttrTokenIDSecureEnclave)
CONSTANT(kSecAttrKeyClass)
CONSTANT(kSecAttrKeyClassPrivate)
CONSTANT(kSecPrivateKeyAttrs)
CONSTANT(kSecKeyAlgorithmECIESEncryptionCofactorVariableIVX963SHA256AESGCM)

// For the test: objects that nobody released.
int model_live_objects(void) {
    return live;
}

static OBJECT *new_object(long type, const void *bytes, long size) {
    if (size < 0 || size > 1024) {
        return 0;
    }
    OBJECT *object = calloc(1, sizeof(OBJECT));
    object->count = 1;
    object->type = type;
    object->size = size;
    memcpy(object->bytes, bytes, size);
    __sync_fetch_and_add(&live, 1);
    return object;
}

static REF retain(REF object) {
    if (object && object->count) {
        __sync_fetch_and_add(&((OBJECT *)object)->count, 1);
    }
    return object;
}

void CFRelease(REF object) {
    if (object->count && __sync_sub_and_fetch(&((OBJECT *)object)->count, 1) == 0) {
        for (long i = 0; object->type == DICTIONARY && i < object->size; i++) {
            CFRelease(object->keys[i]);
            CFRelease(object->values[i]);
        }
        free(object->keys);
        free(object->values);
        free((OBJECT *)object);
        __sync_fetch_and_sub(&live, 1);
    }
}

REF CFDataCreate(void *allocator, const unsigned char *bytes, long size) {
    return allocator ? 0 : new_object(DATA, bytes, size);
}

long CFDataGetLength(REF data) {
    return data->type == DATA ? data->size : -1;
}

const unsigned char *CFDataGetBytePtr(REF data) {
    return data->bytes;
}

REF CFStringCreateWithCString(void *allocator, const char *text, unsigned encoding) {
    return allocator || encoding != 0x08000100 ? 0 : new_object(STRING, text, strlen(text));
}

unsigned char CFStringGetCString(REF text, char *room, long size, unsigned encoding) {
    if (text->type != STRING || text->size >= size || encoding != 0x08000100) {
        return 0;
    }
    memcpy(room, text->bytes, text->size);
    room[text->size] = 0;
    return 1;
}

REF CFNumberCreate(void *allocator, long type, const int *value) {
    return allocator || type != 3 ? 0 : new_object(NUMBER, value, sizeof(int));
}

REF CFDictionaryCreate(void *allocator, REF *keys, REF *values, long size, void *key_calls, void *value_calls) {
    if (allocator || key_calls != &kCFTypeDictionaryKeyCallBacks || value_calls != &kCFTypeDictionaryValueCallBacks) {
        return 0;
    }
    OBJECT *dictionary = new_object(DICTIONARY, "", 0);
    dictionary->size = size;
    dictionary->keys = calloc(size, sizeof(REF));
    dictionary->values = calloc(size, sizeof(REF));
    for (long i = 0; i < size; i++) {
        dictionary->keys[i] = retain(keys[i]);
        dictionary->values[i] = retain(values[i]);
    }
    return dictionary;
}

REF CFDictionaryGetValue(REF dictionary, REF key) {
    for (long i = 0; dictionary->type == DICTIONARY && i < dictionary->size; i++) {
        REF each = dictionary->keys[i];
        if (each->size == key->size && !memcmp(each->bytes, key->bytes, key->size)) {
            return dictionary->values[i];
        }
    }
    return 0;
}

REF CFErrorGetDomain(REF error) {
    return error->keys[0];
}

long CFErrorGetCode(REF error) {
    return error->code;
}

static REF fail(REF *error, const char *domain, long code) {
    OBJECT *object = new_object(ERROR, "", 0);
    static OBJECT domains[2] = {{.type = STRING, .size = 21, .bytes = "NSOSStatusErrorDomain"},
        {.type = STRING, .size = 14, .bytes = "CryptoTokenKit"}};
    object->keys = calloc(1, sizeof(REF));
    object->keys[0] = &domains[domain[0] == 'C'];
    object->code = code;
    *error = object;
    return 0;
}

static REF get(REF dictionary, const char *key) {
    OBJECT text = {.type = STRING, .size = strlen(key)};
    memcpy(text.bytes, key, text.size);
    return CFDictionaryGetValue(dictionary, &text);
}

static int is_enclave_key(REF attributes) {
    REF bits = get(attributes, "kSecAttrKeySizeInBits");
    return bits && bits->type == NUMBER && *(int *)bits->bytes == 256
            && get(attributes, "kSecAttrKeyType") == kSecAttrKeyTypeECSECPrimeRandom
            && get(attributes, "kSecAttrTokenID") == kSecAttrTokenIDSecureEnclave;
}

REF SecAccessControlCreateWithFlags(void *allocator, REF protection, unsigned long flags, REF *error) {
    return allocator || protection != kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly || flags != 1UL << 30
            ? fail(error, "NSOSStatusErrorDomain", -50) : new_object(ACCESS, "", 0);
}

REF SecKeyCreateRandomKey(REF attributes, REF *error) {
    REF secret = get(attributes, "kSecPrivateKeyAttrs");
    if (!is_enclave_key(attributes) || !secret || get(secret, "kSecAttrIsPermanent") != kCFBooleanFalse
            || !get(secret, "kSecAttrAccessControl") || get(secret, "kSecAttrAccessControl")->type != ACCESS) {
        return fail(error, "NSOSStatusErrorDomain", -50);
    }
    OBJECT *key = new_object(KEY, "", 0);
    key->code = __sync_add_and_fetch(&last_key, 1);
    return key;
}

REF SecKeyCreateWithData(REF data, REF attributes, REF *error) {
    REF wrapped = get(attributes, "toid");
    if (!is_enclave_key(attributes) || data->type != DATA || data->size || !wrapped || wrapped->type != DATA
            || get(attributes, "kSecAttrKeyClass") != kSecAttrKeyClassPrivate) {
        return fail(error, "NSOSStatusErrorDomain", -50);
    }
    long number;
    memcpy(&number, wrapped->bytes, sizeof number);
    if (wrapped->size != sizeof number || number < 1 || number > last_key) {
        return fail(error, "CryptoTokenKit", -3);
    }
    OBJECT *key = new_object(KEY, "", 0);
    key->code = number;
    return key;
}

REF SecKeyCopyAttributes(REF key) {
    REF name = new_object(STRING, "toid", 4), wrapped = new_object(DATA, &key->code, sizeof key->code);
    REF attributes = CFDictionaryCreate(0, &name, &wrapped, 1, &kCFTypeDictionaryKeyCallBacks,
            &kCFTypeDictionaryValueCallBacks);
    CFRelease(name);
    CFRelease(wrapped);
    return attributes;
}

REF SecKeyCopyPublicKey(REF key) {
    return retain(key);
}

static OBJECT *mixed(REF from, long at, long size) {
    OBJECT *to = new_object(DATA, from->bytes + at, size);
    for (long i = 0; i < size; i++) {
        to->bytes[i] ^= 0x5a;
    }
    return to;
}

REF SecKeyCreateEncryptedData(REF key, REF algorithm, REF plain, REF *error) {
    if (key->type != KEY || algorithm != kSecKeyAlgorithmECIESEncryptionCofactorVariableIVX963SHA256AESGCM) {
        return fail(error, "NSOSStatusErrorDomain", -50);
    }
    OBJECT *cipher = mixed(plain, 0, plain->size);
    memcpy(cipher->bytes + cipher->size, &key->code, sizeof key->code);
    cipher->size += sizeof key->code;
    return cipher;
}

REF SecKeyCreateDecryptedData(REF key, REF algorithm, REF cipher, REF *error) {
    long size = cipher->size - (long)sizeof key->code;
    if (algorithm != kSecKeyAlgorithmECIESEncryptionCofactorVariableIVX963SHA256AESGCM || size < 0
            || memcmp(cipher->bytes + size, &key->code, sizeof key->code)) {
        return fail(error, "NSOSStatusErrorDomain", -50);
    }
    return mixed(cipher, 0, size);
}
