/* All products of non-empty sets of variants, told by one number: which of them lie in one answer. */
#ifndef FPLI_CUBES_H
#define FPLI_CUBES_H

#include "study/grid.h"

/* The set of variants of driver i is a digit 0..2^k-2, one less than its mask; the last driver is
 * the fastest. */
typedef struct fpli_cubes {
    const fpli_grid *grid;
    size_t n;
    size_t *stride;  /* by driver */
    uint32_t *value; /* of each cube: 1 + the answer of all its rows, 0 if they differ */
} fpli_cubes;

enum { FPLI_CUBES_MOST = 1 << 23 };

/* As the answer of a row: it goes with any other. */
#define FPLI_ANY (UINT32_MAX - 1)

/* How many there are; 0 beyond FPLI_CUBES_MOST. */
size_t fpli_cubes_count(const fpli_grid *grid);

/* answers: one number a row. Time and memory linear in the cubes. FPL_E_MEMORY. */
fpl_status fpli_cubes_make(const fpli_grid *grid, const uint32_t *answers,
                           fpli_cubes *cubes);
void fpli_cubes_clear(fpli_cubes *cubes);

/* Masks of a cube, n sets. */
void fpli_cube_sets(const fpli_cubes *cubes, size_t cube, uint64_t *sets);

/* Whether all rows of the cube give one answer, and those of no larger cube around it do. */
bool fpli_cube_is_prime(const fpli_cubes *cubes, size_t cube, const uint64_t *sets);

#endif
