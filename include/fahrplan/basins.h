/* Every attractor, and how many scenarios end in it. method.md, M3.3 and M3.4. */
#ifndef FAHRPLAN_BASINS_H
#define FAHRPLAN_BASINS_H

#include <fahrplan/succession.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All zero: exactly, under the local rule, from all scenarios, within 1 GiB. */
typedef struct fpl_basin_options {
    fpl_dynamics dynamics;
    const fpl_fixing
        *held; /* do: starts are the scenarios with these variants, which stay */
    int n_held;
    uint64_t memory;  /* bytes that may be used at most; 0: 1 GiB */
    uint64_t samples; /* 0: exactly. Otherwise follow so many starts drawn uniformly */
    uint64_t seed;    /* of the draws */
} fpl_basin_options;

typedef struct fpl_basin {
    const uint16_t
        *members;  /* length scenarios of n indices, in the order visited; the first
                                is the lowest in listing order */
    size_t length; /* 1: a fixed point */
    const fpl_count *weight; /* starts that end here; of a sample: draws that did */
    double share;            /* weight over all starts */
    double low, high;  /* of a sample: Wilson interval of the share, 95 percent; otherwise
                                both are the share */
    double mean_steps; /* mean number of steps before it is reached */
    size_t
        rank; /* its place, from 0, if all stood in listing order of their first members */
} fpl_basin;

typedef struct fpl_basins fpl_basins;

/* What a run will need, known before it starts. */
typedef struct fpl_basin_need {
    uint64_t
        bytes; /* at least; the images of the starts come to it, UINT64_MAX: too many */
    bool by_images; /* global rule: no table of all starts is needed */
    int n_islands;  /* solved apart and multiplied */
} fpl_basin_need;

/* Errors: FPL_E_ARGUMENT, FPL_E_MEMORY. */
FPL_API fpl_status fpl_basins_need(const fpl_model *model,
                                   const fpl_basin_options *options, fpl_basin_need *need,
                                   fpl_error *error);

/* All attractors, the heaviest first, equal ones in listing order of their first member.
 *
 * Global rule without exclusions, moves that never happen and lags: by images (performance.md),
 * about two bits for each start; islands of the influence graph are solved apart and multiplied. All
 * other deterministic rules: by a table, 24 bytes for each start. A random order can only be
 * sampled. The weights of all attractors add up to the number of starts; of a sample, to the draws
 * less those that did not settle.
 *
 * limits->cap: at most so many attractors are listed, the heaviest; fpl_basins_n_found says how many
 * there are. The result is the same for any number of threads.
 * A deadline or a cancel leaves no exact result: fpl_basins_stop, and no attractors. A sample that
 * was stopped holds the draws made so far.
 * Errors: FPL_E_ARGUMENT; FPL_E_UNSUPPORTED if options->memory does not suffice (the sentence says
 * what is needed) or a random order is asked for exactly; FPL_E_MEMORY. */
FPL_API fpl_status fpl_basins_compute(const fpl_model *model,
                                      const fpl_basin_options *options,
                                      const fpl_limits *limits, fpl_basins **basins,
                                      fpl_error *error);
FPL_API void fpl_basins_free(fpl_basins *basins);
FPL_API size_t fpl_basins_n(const fpl_basins *basins); /* listed */
FPL_API const fpl_basin *fpl_basins_get(const fpl_basins *basins, size_t index);
FPL_API size_t fpl_basins_n_found(const fpl_basins *basins);
FPL_API fpl_stop fpl_basins_stop(const fpl_basins *basins);

/* Starts in all (draws, of a sample), and those of them that end in a cycle. */
FPL_API const fpl_count *fpl_basins_starts(const fpl_basins *basins);
FPL_API const fpl_count *fpl_basins_cyclic(const fpl_basins *basins);

/* Draws under a random order that found no rest in time; 0 otherwise. */
FPL_API uint64_t fpl_basins_unsettled(const fpl_basins *basins);

#ifdef __cplusplus
}
#endif

#endif
