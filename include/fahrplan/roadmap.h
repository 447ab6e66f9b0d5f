/* The conditional roadmap: for each situation of the drivers, what the levels may be. method.md, M5. */
#ifndef FAHRPLAN_ROADMAP_H
#define FAHRPLAN_ROADMAP_H

#include <fahrplan/succession.h>

#ifdef __cplusplus
extern "C" {
#endif

/* All zero: drivers, start and rule as the model states them. */
typedef struct fpl_roadmap_options {
    const uint16_t
        *drivers; /* descriptors that span the rows; NULL: the model's roadmap drivers, or
                                all descriptors of kind driver if it states none */
    int n_drivers;
    const uint16_t *start; /* scenario where succession starts; NULL: fpl_model_start */
    fpl_dynamics dynamics; /* of succession; all zero: local, worst first */
    bool measures;         /* note for each row what becomes of the measures, M5.3; takes
                              n_rows * levels * measures bytes */
    const fpl_fixing
        *held; /* held in every row besides the drivers, by the do reading; a driver
                               among them spans no rows any more */
    int n_held;
} fpl_roadmap_options;

/* Levels are sets of variants of the level descriptor: bit k is variant k. */
typedef uint64_t fpl_level_set;

typedef struct fpl_row {     /* M5.2, M5.3 */
    const uint16_t *drivers; /* n_drivers variant indices */
    fpl_level_set
        default_levels;     /* one bit, or the levels of the cycle where it settles */
    size_t default_cycle;   /* length of that attractor, 1: it settles */
    fpl_level_set possible; /* levels of the completions; 0 if there are none */
    int necessary;          /* the only level of all completions; -1 if none */
    fpl_count completions;  /* |E(x)| */
    int64_t tension;        /* d(x): least tension of the drivers over the completions, or
                               over the nearest scenarios; in units of 1/denominator */
    fpl_level_set
        nearest;       /* levels of the nearest scenarios; 0 if there are completions */
    int64_t shortfall; /* total tension of the descriptors that are not held in the
                               nearest scenarios, the least there is; 0 if there are
                               completions, -1 if the exclusions leave no scenario at all */
    const uint8_t *
        admissions; /* [level * measures + measure]: a bit for each fpl_admission that some
                        completion at that level gives the measure; NULL: not asked for */
    fpl_stop
        stop; /* not FPL_COMPLETE: possible and completions are lower bounds, necessary,
                      nearest, shortfall and tension are not known */
} fpl_row;

typedef struct fpl_roadmap fpl_roadmap;

/* All rows, in the order of the drivers' variants (the LAST driver is the fastest digit, as one
 * reads a table). limits->cap is ignored. If the deadline passes, rows that were not reached say
 * so in their `stop`, and fpl_roadmap_stop gives the reason.
 * Errors: FPL_E_MODEL if the model has no level; FPL_E_ARGUMENT; FPL_E_MEMORY;
 * FPL_E_OVERFLOW beyond 2^24 rows. */
FPL_API fpl_status fpl_roadmap_compute(const fpl_model *model,
                                       const fpl_roadmap_options *options,
                                       const fpl_limits *limits, fpl_roadmap **roadmap,
                                       fpl_error *error);
FPL_API void fpl_roadmap_free(fpl_roadmap *roadmap);
FPL_API size_t fpl_roadmap_n_rows(const fpl_roadmap *roadmap);
FPL_API const fpl_row *fpl_roadmap_row(const fpl_roadmap *roadmap, size_t index);
FPL_API int fpl_roadmap_n_drivers(const fpl_roadmap *roadmap);
FPL_API const uint16_t *fpl_roadmap_drivers(const fpl_roadmap *roadmap);
FPL_API const uint16_t *fpl_roadmap_start(const fpl_roadmap *roadmap);
/* The row in which the start stands. */
FPL_API size_t fpl_roadmap_present(const fpl_roadmap *roadmap);
FPL_API fpl_stop fpl_roadmap_stop(const fpl_roadmap *roadmap);

#ifdef __cplusplus
}
#endif

#endif
