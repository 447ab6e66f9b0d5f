/* Basins by sampling: starts drawn uniformly, each followed to its attractor. */
#ifndef FPLI_SAMPLE_H
#define FPLI_SAMPLE_H

#include "base/clock.h"
#include "engine/cycles.h"

#include <fahrplan/basins.h>

typedef struct fpli_sample {
    uint64_t n_draws;     /* made, fewer than asked for if stopped */
    uint64_t n_unsettled; /* under a random order */
    fpl_stop stop;
} fpli_sample;

/* One phase for each cycle found, at its lowest member: weights are draws. The same draws for any
 * number of threads. */
fpl_status fpli_sample_solve(const fpl_model *model, const fpl_basin_options *options,
                             fpli_watch *watch, fpli_cycles *cycles, fpli_sample *sample);

#endif
