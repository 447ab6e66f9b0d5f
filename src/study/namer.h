/* Names for tuples: equal tuples get equal numbers, in the order of their first appearance. */
#ifndef FPLI_NAMER_H
#define FPLI_NAMER_H

#include <fahrplan/status.h>

typedef struct fpli_namer {
    uint32_t *slots; /* 1 + number, 0: free */
    size_t n_slots;
    uint32_t *tuples; /* width values each */
    size_t capacity;
    int width;
    uint32_t n; /* numbers given */
} fpli_namer;

/* Begin anew with tuples of `width` values. Room that was taken before is used again. */
fpl_status fpli_namer_begin(fpli_namer *namer, int width);
void fpli_namer_clear(fpli_namer *namer);

/* FPL_E_MEMORY. */
fpl_status fpli_namer_name(fpli_namer *namer, const uint32_t *tuple, uint32_t *number);

#endif
