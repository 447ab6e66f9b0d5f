/* An open hash table of numbers over one growing array of rows. */
#include "engine/pool.h"

#include "base/mem.h"

#include <string.h>

enum { SLOTS_FIRST = 64 };

fpl_status fpli_pool_new(fpli_pool *pool, size_t width)
{
    *pool = (fpli_pool){.width = width, .n_slots = SLOTS_FIRST};
    pool->slots = fpli_new(pool->n_slots, sizeof *pool->slots);
    return pool->slots == NULL ? FPL_E_MEMORY : FPL_OK;
}

void fpli_pool_clear(fpli_pool *pool)
{
    fpli_free(pool->items);
    fpli_free(pool->slots);
    memset(pool, 0, sizeof *pool);
}

static uint64_t hash_of(const fpli_pool *pool, const uint16_t *item)
{
    uint64_t hash = 0x243F6A8885A308D3u;
    for (size_t i = 0; i < pool->width; i++) {
        hash = (hash ^ item[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash;
}

/* The slot that holds the item, or the free one where it belongs. */
static size_t slot_of(const fpli_pool *pool, const uint16_t *item)
{
    size_t at = (size_t)hash_of(pool, item) & (pool->n_slots - 1);
    while (pool->slots[at] != 0 && memcmp(fpli_pool_get(pool, pool->slots[at] - 1), item,
                                          pool->width * sizeof *item) != 0)
        at = (at + 1) & (pool->n_slots - 1);
    return at;
}

static fpl_status widen(fpli_pool *pool)
{
    fpli_pool wider = *pool;
    wider.n_slots *= 2;
    wider.slots = fpli_new(wider.n_slots, sizeof *wider.slots);
    if (wider.slots == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i < pool->n; i++)
        wider.slots[slot_of(&wider, fpli_pool_get(&wider, i))] = (uint32_t)i + 1;
    fpli_free(pool->slots);
    *pool = wider;
    return FPL_OK;
}

fpl_status fpli_pool_add(fpli_pool *pool, const uint16_t *item, uint32_t *number,
                         bool *is_new)
{
    size_t slot = slot_of(pool, item);
    *is_new = pool->slots[slot] == 0;
    if (!*is_new) {
        *number = pool->slots[slot] - 1;
        return FPL_OK;
    }
    if (pool->n >= FPLI_POOL_MAX ||
        !fpli_grow((void **)&pool->items, pool->n, &pool->capacity,
                   pool->width * sizeof *item))
        return FPL_E_MEMORY;
    memcpy(pool->items + pool->n * pool->width, item, pool->width * sizeof *item);
    *number = (uint32_t)pool->n++;
    pool->slots[slot] = *number + 1;
    return 4 * pool->n > 3 * pool->n_slots ? widen(pool) : FPL_OK;
}
