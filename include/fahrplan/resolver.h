/* A model with other judgements, solved thousands of times: one judgement changed, one row held, one
 * sample drawn. Everything is laid out once; setting judgements and solving allocate nothing. */
#ifndef FAHRPLAN_RESOLVER_H
#define FAHRPLAN_RESOLVER_H

#include <fahrplan/scenarios.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_resolver fpl_resolver;

/* largest: no judgement will be larger, either way, in units of 1/denominator; 0: twice the largest of
 * the model and its scale. The model must outlive the resolver. One thread at a time uses it.
 * Errors: FPL_E_ARGUMENT, FPL_E_OVERFLOW (sums do not fit 31 bits), FPL_E_MEMORY. */
FPL_API fpl_status fpl_resolver_new(const fpl_model *model, int largest,
                                    fpl_resolver **resolver, fpl_error *error);
FPL_API void fpl_resolver_free(fpl_resolver *resolver);

/* Set C[from,from_variant -> to,to_variant], in units of 1/denominator.
 * Errors: FPL_E_ARGUMENT (no such cell, or beyond `largest`). */
FPL_API fpl_status fpl_resolver_set(fpl_resolver *resolver, int from, int from_variant,
                                    int to, int to_variant, int value, fpl_error *error);

/* All judgements as the model states them. Time: what was changed. */
FPL_API void fpl_resolver_reset(fpl_resolver *resolver);

/* All judgements as they stand, V rows of V as in fpl_model_matrix. */
FPL_API const int16_t *fpl_resolver_matrix(const fpl_resolver *resolver);

/* As fpl_scenarios_visit, in one thread, in listing order only if no more than one scenario is found.
 * query may be NULL. limits: time, cap and cancel count.
 * A change of judgements of one variant touches only scenarios that have it: who knows the others
 * from before asks with that variant fixed (reading FPL_SEE), which is the warm start.
 * Time: one layout of what was changed since the last call (n*k^2*V for each descriptor whose
 * judgements were set), then the search. */
FPL_API fpl_status fpl_resolver_visit(fpl_resolver *resolver, const fpl_query *query,
                                      const fpl_limits *limits, fpl_visitor visitor,
                                      void *context, fpl_outcome *outcome,
                                      fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
