/* The system behind a model: which descriptors drive and which are driven, directly and through
 * others; paths and loops of influence; components; variants that can never win. method.md, M8.
 *
 * i acts on j if some variant of i judges two variants of j differently: only differences move a
 * balance (M1.1). These influences are the edges of the influence graph. Sections i -> i are no
 * influences here; they are reported as `self`. */
#ifndef FAHRPLAN_SYSTEM_H
#define FAHRPLAN_SYSTEM_H

#include <fahrplan/limits.h>
#include <fahrplan/model.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    FPL_POWERS_MAX = 100, /* of the direct matrix */
    FPL_POWERS_DEFAULT = 10,
    FPL_LOOP_LENGTH_DEFAULT = 6,
    FPL_PATH_LENGTH_DEFAULT = 3,
    FPL_LOOPS_DEFAULT = 100000 /* loops, where neither their length nor a cap is given */
};

/* All zero: the defaults. */
typedef struct fpl_system_options {
    int max_power; /* 1..FPL_POWERS_MAX; 0: until the ranking stays, at most 10 */
    int loop_length; /* descriptors on a loop, at most this, >= 2; 0: 6, or, without a cap, the
                        largest that gives at most FPL_LOOPS_DEFAULT loops, at least 2 */
} fpl_system_options;

/* M8.5. Where a descriptor stands relative to the mean of all, which is the same for active and
 * passive sums. "High" is above the mean; a sum equal to the mean is not. */
typedef enum fpl_grid_class {
    FPL_GRID_ACTIVE = 0, /* active high, passive not: a motor */
    FPL_GRID_CRITICAL,   /* both high: ambivalent */
    FPL_GRID_PASSIVE,    /* passive high, active not */
    FPL_GRID_BUFFERING,  /* neither high */
    FPL_GRID_END
} fpl_grid_class;

/* M8.5. Sums are exact, in units of 1/denominator, >= 0. */
typedef struct fpl_standing {
    int64_t active;       /* sum over j != d of strength(d -> j) */
    int64_t passive;      /* sum over i != d of strength(i -> d) */
    int64_t self;         /* strength(d -> d), in neither sum; 0 as a rule */
    fpl_grid_class place; /* in the system grid */
    bool receives;        /* some other descriptor acts on it; if not, it is autonomous */
    bool sends;           /* it acts on some other descriptor; if not, it is a sink */
    int component;        /* index of its strongly connected component */
} fpl_standing;

/* M8.6. Row and column sums of M^k, M the direct matrix with an empty diagonal. shares: each sum
 * divided by the largest of its kind, 0..1. ranks: 1 + number of descriptors with a larger sum, so
 * equals share a rank. Arrays of n, borrowed. */
typedef struct fpl_power {
    const double *active_shares, *passive_shares;
    const int *active_ranks, *passive_ranks;
    bool exact; /* ranks from integers of 128 bits; otherwise from doubles, and sums that
                   agree to 1 part in 10^9 count as equal */
} fpl_power;

/* A path or loop of influences. M8.1, M8.7. */
typedef struct fpl_chain {
    const uint16_t
        *descriptors; /* n of them, each once; of a loop the last acts on the first,
                                    and the one with the lowest index comes first */
    int n;
    int sign; /* product of the signs of the lifts of its influences: 1, -1; 0: unknown, as
                         one is 0 or a descriptor is not ordered */
    int64_t lift;     /* least |lift| of its influences; 0 wherever sign is 0 */
    int64_t strength; /* least strength of its sections, > 0 */
} fpl_chain;

/* What the judgements say about a loop that the model names (fpl_content.loops). */
typedef struct fpl_named_loop {
    int loop;        /* index into content->loops */
    int broken_from; /* the first influence on it that the judgements do not have: */
    int broken_to;   /* descriptors; -1, -1: it is closed */
    int sign;        /* as in fpl_chain; 0 if it is not closed */
    int64_t lift;
} fpl_named_loop;

/* M2.2. A variant that no scenario can choose: whatever all others do, the rival is better. */
typedef struct fpl_dominated {
    int descriptor, variant, rival;
    int64_t best; /* the variant's best lead over the rival in any scenario, < 0 */
} fpl_dominated;

typedef struct fpl_system fpl_system;

/* strength(i -> j) = sum over all cells of the section of |C|        M8.5
 * lift(i -> j) = [C(hi->hi) - C(hi->lo)] - [C(lo->hi) - C(lo->lo)]   M8.1
 *
 * The absolute sum is what cross-impact work usually takes. It depends on how groups are
 * standardised, unlike the consistency of scenarios.
 *
 * Loops are found by length, all of 2 descriptors, then all of 3, so that a result that was stopped
 * (limits: time, cap on the number of loops, cancel) misses the longest only; everything else is
 * complete then. Time: V^2 for the sums, n^2 for each power, n times the influences and then some
 * loop_length for each loop. options and limits may be NULL.
 * Errors: FPL_E_ARGUMENT (an option out of range), FPL_E_MEMORY. */
FPL_API fpl_status fpl_system_compute(const fpl_model *model,
                                      const fpl_system_options *options,
                                      const fpl_limits *limits, fpl_system **system,
                                      fpl_error *error);
FPL_API void fpl_system_free(fpl_system *system);

FPL_API int fpl_system_n_descriptors(const fpl_system *system);
FPL_API const fpl_standing *fpl_system_standing(const fpl_system *system, int descriptor);

/* The direct matrix, also on the diagonal. lift: 0 unless both descriptors are ordered. */
FPL_API int64_t fpl_system_strength(const fpl_system *system, int from, int to);
FPL_API int64_t fpl_system_lift(const fpl_system *system, int from, int to);
FPL_API bool fpl_system_acts(const fpl_system *system, int from, int to);

/* Sum of all active sums, which is that of all passive sums: n times the mean. */
FPL_API int64_t fpl_system_total(const fpl_system *system);
FPL_API int fpl_system_n_influences(const fpl_system *system);

/* Powers 1 to n_powers of the direct matrix, counted from 0 here. Fewer than asked for if the next
 * power is zero: no influence reaches that far. At least one. */
FPL_API int fpl_system_n_powers(const fpl_system *system);
FPL_API const fpl_power *fpl_system_power(const fpl_system *system, int index);

/* Whether the last power ranks all descriptors as the one before it. */
FPL_API bool fpl_system_ranking_stays(const fpl_system *system);

/* Whether the next power would be zero: the last one is that of the longest chain. */
FPL_API bool fpl_system_powers_end(const fpl_system *system);

/* All loops, by length; then the larger lift first, then the larger strength, then indices. */
FPL_API size_t fpl_system_n_loops(const fpl_system *system);
FPL_API const fpl_chain *fpl_system_loop(const fpl_system *system, size_t index);
FPL_API int
fpl_system_loop_length(const fpl_system *system); /* the bound that was used */

/* Whether that bound is less than 6 because the loops were too many. */
FPL_API bool fpl_system_loops_shortened(const fpl_system *system);
FPL_API fpl_stop fpl_system_stop(const fpl_system *system);

FPL_API int fpl_system_n_named_loops(const fpl_system *system);
FPL_API const fpl_named_loop *fpl_system_named_loop(const fpl_system *system, int index);

/* Strongly connected components, in an order in which influences lead forwards only: each acts on
 * later ones at most. Members ascend. */
FPL_API int fpl_system_n_components(const fpl_system *system);
FPL_API const uint16_t *fpl_system_component(const fpl_system *system, int index, int *n);

/* By descriptor, then variant. */
FPL_API size_t fpl_system_n_dominated(const fpl_system *system);
FPL_API const fpl_dominated *fpl_system_dominated(const fpl_system *system, size_t index);

/* ---- influence paths, M8.7 ------------------------------------------------------------------
 *
 * All paths of influences from one descriptor to another, no descriptor twice, of at most `length`
 * influences (>= 1; 0: 3). The larger strength first, then the shorter, then indices. They are found
 * by length, as loops are. Errors: FPL_E_ARGUMENT (an index or length out of range, from = to),
 * FPL_E_MEMORY. */
typedef struct fpl_paths fpl_paths;

FPL_API fpl_status fpl_paths_find(const fpl_model *model, int from, int to, int length,
                                  const fpl_limits *limits, fpl_paths **paths,
                                  fpl_error *error);
FPL_API void fpl_paths_free(fpl_paths *paths);
FPL_API size_t fpl_paths_n(const fpl_paths *paths);
FPL_API const fpl_chain *fpl_paths_get(const fpl_paths *paths, size_t index);
FPL_API int fpl_paths_from(const fpl_paths *paths);
FPL_API int fpl_paths_to(const fpl_paths *paths);
FPL_API int fpl_paths_length(const fpl_paths *paths); /* the bound that was used */

/* Influences on the shortest path there is, also beyond `length`; 0 if no path leads there. */
FPL_API int fpl_paths_shortest(const fpl_paths *paths);
FPL_API fpl_stop fpl_paths_stop(const fpl_paths *paths);

#ifdef __cplusplus
}
#endif

#endif
