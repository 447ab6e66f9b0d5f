/* What feeds on itself: self-sustaining cores, claims that make themselves true, and levels that stay
 * when what brought them is gone. method.md, M8.2 to M8.4. Loops of influence: system.h. */
#ifndef FAHRPLAN_LOOPS_H
#define FAHRPLAN_LOOPS_H

#include <fahrplan/roadmap.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- traps, M8.2 ---------------------------------------------------------------------------- */

/* A partial assignment in which everybody prefers to stay, whatever all others do. */
typedef struct fpl_trap {
    const fpl_fixing *members; /* n of them, by descriptor */
    int n;
    int32_t
        slack; /* the least margin of any member against any rival at worst, >= 0; in units of
                      1/denominator; FPL_INFINITE if no member has a rival */
} fpl_trap;

typedef struct fpl_traps fpl_traps;

/* All minimal traps of up to max_size descriptors (1..FPL_TRAP_MOST; 0: 3), smaller ones first, then by
 * descriptors and variants. No part of a trap listed is a trap. Descriptors with one variant are left
 * out: they cannot move. Worst case over the free descriptors, exclusions not considered: what is
 * listed is a trap with them as well, but with them there may be more.
 *
 * limits->cap: at most so many. If fpl_traps_stop is not FPL_COMPLETE, traps may be missing, and
 * those listed need not be minimal. Time: about V^max_size, V variants; far less where influences are
 * few. Errors: FPL_E_ARGUMENT, FPL_E_MEMORY. */
enum { FPL_TRAP_MOST = 8 };

FPL_API fpl_status fpl_traps_find(const fpl_model *model, int max_size,
                                  const fpl_limits *limits, fpl_traps **traps,
                                  fpl_error *error);
FPL_API void fpl_traps_free(fpl_traps *traps);
FPL_API size_t fpl_traps_n(const fpl_traps *traps);
FPL_API const fpl_trap *fpl_traps_get(const fpl_traps *traps, size_t index);
FPL_API fpl_stop fpl_traps_stop(const fpl_traps *traps);

/* ---- claims, M8.3 --------------------------------------------------------------------------- */

typedef enum fpl_claim_answer {
    FPL_CLAIM_INERT = 0,
    FPL_CLAIM_SELF_FULFILLING, /* the fact was not there; it stays when the claim is let go */
    FPL_CLAIM_PROVOKED,        /* the fact is there only while the claim is held */
    FPL_CLAIM_SELF_DEFEATING, /* the fact was there; it is gone when the claim is let go */
    FPL_CLAIM_NOT_HELD, /* the row's drivers, or formulas that are missing, forbid to hold it */
    FPL_CLAIM_ANSWER_END
} fpl_claim_answer;

/* One claim in one row: settle from the start, hold the claim and settle, let it go and settle. To hold
 * it, the descriptors that it names take the nearest variants that make it true (fewest changes, then
 * the lowest indices). A fact is there if all members of the attractor have it. */
typedef struct fpl_claim_trial {
    fpl_claim_answer answer;
    bool fact_before, fact_held, fact_after;
} fpl_claim_trial;

typedef struct fpl_claim_trials fpl_claim_trials;

/* All claims of the model in all rows. dynamics NULL: local rule, no memory. limits: time and cancel;
 * rows not reached say FPL_CLAIM_NOT_HELD, and fpl_claim_trials_stop why. Time: three settlings a claim
 * and row. Errors: FPL_E_ARGUMENT, FPL_E_UNSUPPORTED (a claim names descriptors with more than 2^20
 * combinations), FPL_E_MEMORY, FPL_E_OVERFLOW (see fpl_settle). */
FPL_API fpl_status fpl_claims_test(const fpl_model *model, const fpl_roadmap *roadmap,
                                   const fpl_dynamics *dynamics, const fpl_limits *limits,
                                   fpl_claim_trials **trials, fpl_error *error);
FPL_API void fpl_claim_trials_free(fpl_claim_trials *trials);
FPL_API const fpl_claim_trial *fpl_claim_trials_get(const fpl_claim_trials *trials,
                                                    int claim, size_t row);
FPL_API fpl_stop fpl_claim_trials_stop(const fpl_claim_trials *trials);

/* ---- hysteresis, M8.4 ----------------------------------------------------------------------- */

/* Settle in row x from the start, move all drivers to row y at once, settle. */
typedef struct fpl_hysteresis fpl_hysteresis;

/* dynamics NULL: local rule, no memory. Time: a settling for each pair of rows; at most 1,024 rows.
 * limits: time and cancel. Errors: FPL_E_ARGUMENT, FPL_E_UNSUPPORTED, FPL_E_MEMORY, FPL_E_OVERFLOW. */
FPL_API fpl_status fpl_hysteresis_compute(const fpl_roadmap *roadmap,
                                          const fpl_dynamics *dynamics,
                                          const fpl_limits *limits,
                                          fpl_hysteresis **hysteresis, fpl_error *error);
FPL_API void fpl_hysteresis_free(fpl_hysteresis *hysteresis);

/* Levels after x, then y; x = y: the default. 0: not reached. */
FPL_API fpl_level_set fpl_hysteresis_get(const fpl_hysteresis *hysteresis, size_t x,
                                         size_t y);

/* The level of x stays in y although it is not the default of y. */
FPL_API bool fpl_hysteresis_is_locked(const fpl_hysteresis *hysteresis, size_t x,
                                      size_t y);
FPL_API size_t fpl_hysteresis_n_locked(const fpl_hysteresis *hysteresis);
FPL_API fpl_stop fpl_hysteresis_stop(const fpl_hysteresis *hysteresis);

#ifdef __cplusplus
}
#endif

#endif
