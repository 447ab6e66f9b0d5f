/* Memory. Every allocation of the library passes through `acquire`, so that tests can let each one
 * fail in turn. */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_CHUNK = 16384, ALIGNMENT = 16, VECTOR_ALIGNMENT = 64 };

#ifdef FPL_FAULTS
static _Atomic uint64_t made, fail_at; /* threads allocate, too */

static bool may_allocate(void)
{
    return ++made != fail_at;
}

uint64_t fpli_mem_fail_at(uint64_t nth)
{
    uint64_t before = made;
    made = 0;
    fail_at = nth;
    return before;
}
#else
static bool may_allocate(void)
{
    return true;
}

uint64_t fpli_mem_fail_at(uint64_t nth)
{
    (void)nth;
    return 0;
}
#endif

static bool size_of(size_t n, size_t size, size_t *bytes)
{
    if (size != 0 && n > (SIZE_MAX / 2 - VECTOR_ALIGNMENT) / size) return false;
    *bytes = n * size == 0 ? 1 : n * size;
    return true;
}

void *fpli_new(size_t n, size_t size)
{
    size_t bytes;
    if (!size_of(n, size, &bytes) || !may_allocate()) return NULL;
    return calloc(bytes, 1);
}

void *fpli_new_aligned(size_t n, size_t size)
{
    size_t bytes;
    if (!size_of(n, size, &bytes) || !may_allocate()) return NULL;
    bytes = (bytes + VECTOR_ALIGNMENT - 1) / VECTOR_ALIGNMENT * VECTOR_ALIGNMENT;
    void *block = aligned_alloc(VECTOR_ALIGNMENT, bytes);
    if (block != NULL) memset(block, 0, bytes);
    return block;
}

void *fpli_resize(void *block, size_t n, size_t size)
{
    size_t bytes;
    if (!size_of(n, size, &bytes) || !may_allocate()) return NULL;
    return realloc(block, bytes);
}

void fpli_free(void *block)
{
    free(block);
}

bool fpli_grow(void **items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity) return true;
    size_t wanted = *capacity == 0 ? 8 : *capacity * 2;
    void *grown = fpli_resize(*items, wanted, size);
    if (grown == NULL) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

char *fpli_strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = fpli_new(size, 1);
    if (copy != NULL) memcpy(copy, text, size);
    return copy;
}

typedef struct chunk {
    struct chunk *next;
    size_t used, size;
    /* the bytes follow, aligned */
} chunk;

struct fpli_arena {
    chunk *first;
};

static size_t header_size(void)
{
    return (sizeof(chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

fpli_arena *fpli_arena_new(void)
{
    return fpli_new(1, sizeof(fpli_arena));
}

void fpli_arena_free(fpli_arena *arena)
{
    if (arena == NULL) return;
    for (chunk *c = arena->first; c != NULL;) {
        chunk *next = c->next;
        fpli_free(c);
        c = next;
    }
    fpli_free(arena);
}

/* Chunks are zero-filled when made and never reused, so what comes from them is zero. */
void *fpli_arena_alloc(fpli_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (!size_of(n, size, &bytes)) return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    chunk *c = arena->first;
    if (c == NULL || c->size - c->used < bytes) {
        size_t room = bytes > ARENA_CHUNK ? bytes : ARENA_CHUNK;
        c = fpli_new(header_size() + room, 1);
        if (c == NULL) return NULL;
        c->size = room;
        c->next = arena->first;
        arena->first = c;
    }
    void *block = (char *)c + header_size() + c->used;
    c->used += bytes;
    return block;
}

char *fpli_arena_text(fpli_arena *arena, const char *text, size_t length)
{
    char *copy = fpli_arena_alloc(arena, length + 1, 1);
    if (copy != NULL) memcpy(copy, text, length);
    return copy;
}
