/* A hash table with open addressing. */
#include "study/namer.h"

#include "base/mem.h"

#include <string.h>

enum { SLOTS_LEAST = 64 };

fpl_status fpli_namer_begin(fpli_namer *namer, int width)
{
    if (namer->slots == NULL) {
        namer->slots = fpli_new(SLOTS_LEAST, sizeof *namer->slots);
        if (namer->slots == NULL) return FPL_E_MEMORY;
        namer->n_slots = SLOTS_LEAST;
    } else {
        memset(namer->slots, 0, namer->n_slots * sizeof *namer->slots);
    }
    if (width > namer->width) { /* what was taken holds fewer of the wider ones */
        fpli_free(namer->tuples);
        namer->tuples = NULL;
        namer->capacity = 0;
    }
    if (width != namer->width && namer->tuples != NULL)
        namer->capacity = namer->capacity * (size_t)namer->width / (size_t)width;
    namer->width = width;
    namer->n = 0;
    return FPL_OK;
}

void fpli_namer_clear(fpli_namer *namer)
{
    fpli_free(namer->slots);
    fpli_free(namer->tuples);
    *namer = (fpli_namer){0};
}

static uint32_t *find(const fpli_namer *namer, const uint32_t *tuple)
{
    const size_t width = (size_t)namer->width;
    uint64_t h = 0;
    for (size_t i = 0; i < width; i++) h = (h ^ tuple[i]) * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(h >> 20) & (namer->n_slots - 1);
    while (namer->slots[at] != 0 && memcmp(namer->tuples + (namer->slots[at] - 1) * width,
                                           tuple, width * sizeof *tuple) != 0)
        at = (at + 1) & (namer->n_slots - 1);
    return &namer->slots[at];
}

static fpl_status double_slots(fpli_namer *namer)
{
    uint32_t *larger = fpli_new(2 * namer->n_slots, sizeof *larger);
    if (larger == NULL) return FPL_E_MEMORY;
    fpli_free(namer->slots);
    namer->slots = larger;
    namer->n_slots *= 2;
    for (uint32_t i = 0; i < namer->n; i++)
        *find(namer, namer->tuples + (size_t)i * (size_t)namer->width) = i + 1;
    return FPL_OK;
}

fpl_status fpli_namer_name(fpli_namer *namer, const uint32_t *tuple, uint32_t *number)
{
    const size_t width = (size_t)namer->width;
    uint32_t *slot = find(namer, tuple);
    if (*slot == 0) {
        if (!fpli_grow((void **)&namer->tuples, namer->n, &namer->capacity,
                       width * sizeof *tuple))
            return FPL_E_MEMORY;
        memcpy(namer->tuples + (size_t)namer->n * width, tuple, width * sizeof *tuple);
        *slot = ++namer->n;
        *number = namer->n - 1;
        return 2 * (size_t)namer->n > namer->n_slots ? double_slots(namer) : FPL_OK;
    }
    *number = *slot - 1;
    return FPL_OK;
}
