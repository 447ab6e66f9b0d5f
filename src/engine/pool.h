/* A pool of scenarios: each is kept once and has a number, in the order of arrival. */
#ifndef FPLI_POOL_H
#define FPLI_POOL_H

#include <fahrplan/status.h>

typedef struct fpli_pool {
    size_t width; /* 16-bit numbers of one scenario */
    size_t n, capacity;
    uint16_t *items; /* n rows of width */
    uint32_t *slots; /* number + 1; 0: free */
    size_t n_slots;  /* a power of two */
} fpli_pool;

enum { FPLI_POOL_MAX = 0x7FFFFFFF };

fpl_status fpli_pool_new(fpli_pool *pool, size_t width);
void fpli_pool_clear(fpli_pool *pool);

/* The number of an equal scenario, or that of this one, now added. FPL_E_MEMORY. */
fpl_status fpli_pool_add(fpli_pool *pool, const uint16_t *item, uint32_t *number,
                         bool *is_new);

static inline const uint16_t *fpli_pool_get(const fpli_pool *pool, size_t number)
{
    return pool->items + number * pool->width;
}

#endif
