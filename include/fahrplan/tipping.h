/* Tipping distances: how far the present is from becoming something else. method.md, M7.4. */
#ifndef FAHRPLAN_TIPPING_H
#define FAHRPLAN_TIPPING_H

#include <fahrplan/landscape.h>
#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- drivers ------------------------------------------------------------------------------- */

/* A row of the roadmap, and how many one-step moves of drivers lead there: an ordered driver moves
 * to a neighbour variant, any other to any variant. */
typedef struct fpl_driver_tipping {
    int distance; /* -1: no row is what is looked for; 0: the present row is */
    size_t from;  /* the present row */
    size_t *rows; /* all at that distance, ascending; yours */
    size_t n_rows;
} fpl_driver_tipping;

/* The nearest rows in which another level is the default than in the present row, or, with a level
 * >= 0, in which that level is possible.
 *
 * z: a scenario, whose drivers say which row is the present one. Rows that were not worked out to
 * the end do not count. Time: rows times drivers. Errors: FPL_E_ARGUMENT, FPL_E_MEMORY. */
FPL_API fpl_status fpl_driver_tipping_find(const fpl_model *model,
                                           const fpl_roadmap *roadmap, const uint16_t *z,
                                           int level, fpl_driver_tipping *tipping,
                                           fpl_error *error);
FPL_API void fpl_driver_tipping_clear(fpl_driver_tipping *tipping);

/* ---- state --------------------------------------------------------------------------------- */

/* The smallest changes of a scenario that lead succession out of the basin of where it settles. */
typedef struct fpl_state_tipping fpl_state_tipping;

/* All zero: local rule, up to two descriptors at once. */
typedef struct fpl_state_options {
    fpl_dynamics dynamics;
    int max_changes; /* 1..FPL_CHANGES_MAX; 0: 2 */
} fpl_state_options;

/* One of them, and the scenario where it leads (of a cycle the first member visited). */
typedef struct fpl_state_change {
    const fpl_fixing *changes; /* as many as the distance */
    const uint16_t *to;
    size_t cycle; /* 1: it settles */
} fpl_state_change;

/* All changes of the least number of descriptors, by descriptors and variants. limits->cap: list at
 * most so many. Cost: V^c / c! settlings for c changes.
 * Errors: FPL_E_ARGUMENT, FPL_E_MEMORY, FPL_E_OVERFLOW (a cycle of more than 2^20 members). */
FPL_API fpl_status fpl_state_tipping_find(const fpl_model *model, const uint16_t *z,
                                          const fpl_state_options *options,
                                          const fpl_limits *limits,
                                          fpl_state_tipping **tipping, fpl_error *error);
FPL_API void fpl_state_tipping_free(fpl_state_tipping *tipping);
FPL_API int fpl_state_tipping_distance(const fpl_state_tipping *tipping); /* -1: beyond */
FPL_API size_t fpl_state_tipping_n(const fpl_state_tipping *tipping);
FPL_API const fpl_state_change *fpl_state_tipping_get(const fpl_state_tipping *tipping,
                                                      size_t index);
FPL_API fpl_stop fpl_state_tipping_stop(const fpl_state_tipping *tipping);

/* ---- judgements ---------------------------------------------------------------------------- */

/* One cell that changes: judgement of variant z_from on a variant of the target. */
typedef struct fpl_cell_change {
    int from, to;   /* descriptors */
    int variant;    /* of `to` */
    int32_t before; /* in 1/denominator, as all here */
    int32_t after;
    int price;                /* of one point, by the grade of the reason; 1 without */
    const fpl_reason *reason; /* may be NULL */
} fpl_cell_change;

/* The cheapest change of judgements in one descriptor's column. */
typedef struct fpl_judgement_tipping {
    int descriptor;
    int rival;    /* the variant that overtakes; -1 where all rivals are met at once */
    int64_t cost; /* points times price, in 1/denominator; -1: the cells do not suffice */
    const fpl_cell_change *cells;
    int n_cells;
} fpl_judgement_tipping;

typedef struct fpl_judgement_tippings fpl_judgement_tippings;

/* z consistent: for each descriptor the cheapest way to make it prefer another variant, the cheapest
 * descriptor first: any one of them overturns z. z inconsistent: for each descriptor under tension
 * the cheapest way to make it consistent; all of them together mend z.
 *
 * Only groups that somebody judged change, within the scale, by whole units of 1/denominator. An
 * overturned z needs the margin and one unit; which cells give is exact by price, as each unit of
 * each cell counts alike. To mend, the chosen variant's cells count against all rivals at once,
 * and its cheapest gain is found exactly. Groups may no longer sum to zero.
 * Errors: FPL_E_MEMORY. Time: n*V log n; for z inconsistent (n*k)^2 for each
 * descriptor under tension. */
FPL_API fpl_status fpl_judgement_tipping_find(const fpl_model *model, const uint16_t *z,
                                              fpl_judgement_tippings **tippings,
                                              fpl_error *error);
FPL_API void fpl_judgement_tippings_free(fpl_judgement_tippings *tippings);
FPL_API bool fpl_judgement_tippings_mends(const fpl_judgement_tippings *tippings);
FPL_API int fpl_judgement_tippings_n(const fpl_judgement_tippings *tippings);
FPL_API const fpl_judgement_tipping *
fpl_judgement_tippings_get(const fpl_judgement_tippings *tippings, int index);

/* What it costs to overturn z (the least) or to mend it (the sum); -1: no change of judgements
 * does: the cells do not suffice, nothing has a rival, or an exclusion forbids z. */
FPL_API int64_t fpl_judgement_tippings_cost(const fpl_judgement_tippings *tippings);

#ifdef __cplusplus
}
#endif

#endif
