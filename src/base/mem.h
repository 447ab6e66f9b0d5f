/* Memory: the only caller of the allocator. Sizes are computed by checked helpers; an arena holds
 * what lives and dies together, such as the content of a model. */
#ifndef FPLI_MEM_H
#define FPLI_MEM_H

#include <fahrplan/status.h>

/* n objects of `size` bytes, zero-filled. NULL if there is no memory or n*size overflows; n = 0
 * gives a valid pointer. */
void *fpli_new(size_t n, size_t size);

/* Like fpli_new, at an address that vector instructions like (64 bytes). Free with fpli_free. */
void *fpli_new_aligned(size_t n, size_t size);

/* Grow or shrink to n objects; new bytes are undefined; the old block stays on failure. */
void *fpli_resize(void *block, size_t n, size_t size);
void fpli_free(void *block);

/* Make room for one more item in a growing array: capacity doubles. *items may be NULL at first.
 * Returns false if there is no memory; the array is as before then. */
bool fpli_grow(void **items, size_t n, size_t *capacity, size_t size);

/* Copy of a zero-terminated string. */
char *fpli_strdup(const char *text);

/* For tests: make the n-th allocation from now fail (1: the next); 0: none. Returns how many
 * allocations were made since the last call. Per process, not thread-safe, not in the library's
 * public face. */
uint64_t fpli_mem_fail_at(uint64_t nth);

typedef struct fpli_arena fpli_arena;

fpli_arena *fpli_arena_new(void);
void fpli_arena_free(fpli_arena *arena);

/* n zero-filled objects that live as long as the arena. NULL if there is no memory. */
void *fpli_arena_alloc(fpli_arena *arena, size_t n, size_t size);
char *fpli_arena_text(fpli_arena *arena, const char *text, size_t length);

#endif
