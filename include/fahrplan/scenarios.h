/* All scenarios that a query admits: visit them, collect them, count them.
 *
 * By depth-first search with bounds on differences of scores and propagation of domains
 * (docs/design/0002). Exact. Worst case exponential; the limits say when to stop. */
#ifndef FAHRPLAN_SCENARIOS_H
#define FAHRPLAN_SCENARIOS_H

#include <fahrplan/balance.h>
#include <fahrplan/formula.h>
#include <fahrplan/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Two readings of fixed variants, method.md M2.7. */
typedef enum fpl_reading {
    FPL_SEE = 0, /* S(a): the fixed descriptors are tested like all others */
    FPL_DO       /* E(a): they are held from outside and not tested */
} fpl_reading;

typedef struct fpl_fixing { /* descriptor = variant */
    uint16_t descriptor;
    uint16_t variant;
} fpl_fixing;

/* Which scenarios are wanted. All zero: the consistent ones. */
typedef struct fpl_query {
    fpl_reading reading;
    const fpl_fixing *fixed; /* each descriptor at most once */
    int n_fixed;
    const bool *
        exempt; /* n flags: descriptors held from outside at any variant, so not tested; this
                    asks for the completions of many rows at once. NULL: none */
    const fpl_formula
        *where; /* only scenarios that satisfy it; NULL: all. No test is dropped. */
    int32_t max_inconsistency; /* every tested tension at most this (>= 0), M2.6 */
    int64_t
        max_total;  /* if use_total: sum of tested tensions at most this (>= 0), M2.6 */
    bool use_total; /* max_total instead of max_inconsistency */
    bool strict;    /* every tested consistency value >= 1 point of 1/denominator */
} fpl_query;

/* How a search ended. */
typedef struct fpl_outcome {
    fpl_stop stop;  /* FPL_COMPLETE: all were found */
    uint64_t found; /* scenarios given to the visitor */
    uint64_t nodes; /* search nodes */
} fpl_outcome;

/* Return false to stop. z: n variant indices, valid during the call. Called by one thread at a
 * time, in an order that depends on model and query only. */
typedef bool (*fpl_visitor)(void *context, const uint16_t *z);

/* Errors of all three: FPL_E_ARGUMENT (index out of range, a descriptor fixed twice, negative
 * limit, strict together with a tolerance), FPL_E_MEMORY. limits may be NULL. */
FPL_API fpl_status fpl_scenarios_visit(const fpl_model *model, const fpl_query *query,
                                       const fpl_limits *limits, fpl_visitor visitor,
                                       void *context, fpl_outcome *outcome,
                                       fpl_error *error);

/* A set of scenarios in listing order: mixed radix, the FIRST descriptor is the fastest digit. */
typedef struct fpl_scenarios fpl_scenarios;

FPL_API fpl_status fpl_scenarios_collect(const fpl_model *model, const fpl_query *query,
                                         const fpl_limits *limits,
                                         fpl_scenarios **scenarios, fpl_error *error);
FPL_API void fpl_scenarios_free(fpl_scenarios *scenarios);
FPL_API size_t fpl_scenarios_n(const fpl_scenarios *scenarios);
FPL_API const uint16_t *fpl_scenarios_get(const fpl_scenarios *scenarios, size_t index);
FPL_API const fpl_outcome *fpl_scenarios_outcome(const fpl_scenarios *scenarios);

/* How many there are. Descriptors that are independent, or become so once others are decided, are
 * counted apart and multiplied, so the count may be far beyond what can be listed (docs/design/0008).
 * Takes up to 256 MiB. If *stop is not FPL_COMPLETE the count is a lower bound.
 * limits->cap is ignored. */
FPL_API fpl_status fpl_scenarios_count(const fpl_model *model, const fpl_query *query,
                                       const fpl_limits *limits, fpl_count *count,
                                       fpl_outcome *outcome, fpl_error *error);

/* Whether z itself is what the query asks for: the definition, restated plainly. */
FPL_API bool fpl_query_admits(const fpl_model *model, const fpl_query *query,
                              const uint16_t *z, int32_t *balance_workspace);

#ifdef __cplusplus
}
#endif

#endif
