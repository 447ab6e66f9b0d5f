/* Indirect influence: sums of powers of the direct matrix, M8.6. */
#ifndef FPLI_POWERS_H
#define FPLI_POWERS_H

#include "base/mem.h"

#include <fahrplan/system.h>

typedef struct fpli_powers {
    fpl_power *items;
    int n;
    bool stays; /* the last ranks as the one before it */
    bool end;   /* the next one is zero */
} fpli_powers;

/* strength: n * n, its diagonal is not read. most: 0 or the number of powers wanted. Everything lives
 * in the arena. */
fpl_status fpli_powers_compute(fpli_arena *arena, int n, const int64_t *strength,
                               int most, fpli_powers *powers);

#endif
