/* Attractors with their basins, as they come from one island and as islands multiply. */
#ifndef FPLI_CYCLES_H
#define FPLI_CYCLES_H

#include "base/bytes.h"

#include <fahrplan/model.h>

#include <stddef.h>
#include <stdint.h>

/* The starts that fall in step with a cycle at one of its places: after t steps, t large enough, they
 * are at member (place + t) of it. */
typedef struct fpli_phase {
    fpl_count weight;
    double *
        within; /* within[t]: share of them that have arrived after t steps; the last is 1 */
    size_t n_times;
} fpli_phase;

typedef struct fpli_cycle {
    uint16_t *members; /* length rows of n indices */
    size_t length;
    fpli_phase *phases; /* length */
} fpli_cycle;

typedef struct fpli_cycles {
    size_t n_descriptors;
    fpli_cycle *items;
    size_t n, capacity;
} fpli_cycles;

void fpli_cycles_clear(fpli_cycles *cycles);

/* A new cycle of `length`, zero-filled, its phases without weight. NULL: no memory. */
fpli_cycle *fpli_cycles_add(fpli_cycles *cycles, size_t length);

/* Set a phase from how many starts arrive after 0, 1, .. steps. */
fpl_status fpli_phase_set(fpli_phase *phase, const uint64_t *arrivals, size_t n_times);

/* cycles := cycles times other: every pair of cycles makes as many as the greatest common divisor of
 * their lengths. scope: flags of the descriptors that `other` speaks of. */
fpl_status fpli_cycles_multiply(fpli_cycles *cycles, const fpli_cycles *other,
                                const bool *scope);

/* All starts of a cycle, and the mean number of steps until they arrive. */
fpl_status fpli_cycle_weight(const fpli_cycle *cycle, fpl_count *weight,
                             double *mean_steps);

/* Cycles in bytes and back, with their phases or without. What is read is appended; it fits the model,
 * or the reader is broken. FPL_E_MEMORY, FPL_E_OVERFLOW. */
void fpli_cycles_put(fpli_bytes *bytes, const fpli_cycles *cycles, bool phases);
fpl_status fpli_cycles_take(fpli_reader *reader, const fpl_model *model, bool phases,
                            fpli_cycles *cycles);

#endif
