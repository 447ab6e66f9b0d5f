/* A sweep: the total tension of every scenario of one island, block by block. A block is all states
 * of the first few descriptors while the others stand still; its states are the lanes of vectors. */
#ifndef FPLI_SWEEP_H
#define FPLI_SWEEP_H

#include "base/clock.h"

#include <fahrplan/model.h>

typedef struct fpli_sweep fpli_sweep;

/* scope: flags of the descriptors that vary; the others keep their first variant, and must not act
 * on a test of those in scope. n_bins: totals are below it (see fpli_sweep_bins). */
fpl_status fpli_sweep_new(const fpl_model *model, const bool *scope, fpli_sweep **sweep);
void fpli_sweep_free(fpli_sweep *sweep);

/* No total tension of the island reaches this. */
size_t fpli_sweep_bins(const fpli_sweep *sweep);

/* Number of scenarios of the island; 0 if it does not fit 64 bits. */
uint64_t fpli_sweep_space(const fpli_sweep *sweep);

/* The work comes in so many chunks of equal size. */
uint64_t fpli_sweep_chunks(const fpli_sweep *sweep);

/* histogram[t] += number of scenarios with total tension t, over the chunks from..to-1. Threads share
 * the work. *stop: FPL_COMPLETE, or why some chunks were left out. */
fpl_status fpli_sweep_run(const fpli_sweep *sweep, fpli_watch *watch, uint64_t from,
                          uint64_t to, uint64_t *histogram, fpl_stop *stop);

#endif
