/* The rows of a roadmap as a grid of mixed radix, and the products of sets of variants in it. */
#ifndef FPLI_GRID_H
#define FPLI_GRID_H

#include "study/roadmap.h"

/* A driver has at most 64 variants and a roadmap at most 2^24 rows, so at most 24 drivers matter;
 * drivers with a single variant do no harm. */
typedef struct fpli_grid {
    int n;  /* drivers */
    int *k; /* variants of each */
    size_t
        *stride; /* rows from one variant to the next; the last driver is the fastest */
    size_t n_rows;
} fpli_grid;

fpl_status fpli_grid_make(const fpl_roadmap *roadmap, fpli_grid *grid);
void fpli_grid_clear(fpli_grid *grid);

/* Call visit for every row in the product of sets (n of them, none empty), in order; stop and return
 * false when it does. */
bool fpli_grid_each(const fpli_grid *grid, const uint64_t *sets,
                    bool (*visit)(void *context, size_t row), void *context);

/* Number of rows in the product. */
size_t fpli_grid_size(const fpli_grid *grid, const uint64_t *sets);

#endif
