// The part of macOS that asks for Touch ID, in memory, for tests on a machine that is no Mac, by Apple's documentation: the
// reply comes on a thread of its own. Counts objects that nobody released.
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

// By the Block Implementation Specification.
struct block {
    void *isa;
    int flags, reserved;
    void (*invoke)(struct block *, signed char, void *);
    struct {
        unsigned long reserved, size;
    } *descriptor;
};

typedef struct {
    const char *type;
    long code;
    char text[100];
    struct block *waiting;
} OBJECT;

int model_objects, model_possible = 1, model_waits, model_asked;
long model_code;
int LAErrorDomain, _NSConcreteGlobalBlock;

void *objc_getClass(const char *name) {
    return !strcmp(name, "LAContext") ? "LAContext" : !strcmp(name, "NSString") ? "NSString" : 0;
}

void *sel_registerName(const char *name) {
    return strdup(name); // as many as there are questions
}

static void *reply(void *argument) {
    struct block *block = argument;
    OBJECT error = {"NSError", model_code};
    block->invoke(block, model_code == 0, model_code ? &error : 0);
    return 0;
}

static void *on_thread(struct block *block) {
    pthread_t thread;
    pthread_create(&thread, 0, reply, block);
    pthread_detach(thread);
    return 0;
}

void *objc_msgSend(OBJECT *self, const char *selector, void *first, OBJECT *second, struct block *third) {
    if (!strcmp(selector, "alloc")) {
        OBJECT *object = calloc(1, sizeof(OBJECT));
        object->type = (const char *)self;
        __sync_fetch_and_add(&model_objects, 1);
        return object;
    }
    if (!strcmp(selector, "init")) {
        return self;
    }
    if (!strcmp(selector, "initWithUTF8String:")) {
        strncpy(self->text, first, 99);
        return self;
    }
    if (!strcmp(selector, "release")) {
        __sync_fetch_and_sub(&model_objects, 1);
        free(self);
        return 0;
    }
    if (!strcmp(selector, "code")) {
        return (void *)self->code;
    }
    if (!strcmp(selector, "canEvaluatePolicy:error:")) {
        return (void *)(long)((long)first == 2 && !second && model_possible);
    }
    if (!strcmp(selector, "invalidate")) {
        if (self->waiting) {
            struct block *waiting = self->waiting;
            self->waiting = 0;
            model_code = -9;
            on_thread(waiting);
        }
        return 0;
    }
    if (!strcmp(selector, "evaluatePolicy:localizedReason:reply:")) {
        int right = (long)first == 2 && !strcmp(second->text, "Warum") && third->isa == &_NSConcreteGlobalBlock
                && third->flags == 1 << 28 && third->descriptor->size == sizeof(struct block);
        model_asked++;
        if (!right) {
            abort();
        }
        if (model_waits) {
            self->waiting = third;
        } else {
            on_thread(third);
        }
    }
    return 0;
}
