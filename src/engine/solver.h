/* A solver: one model laid out for any number of queries. One thread uses it at a time. */
#ifndef FPLI_SOLVER_H
#define FPLI_SOLVER_H

#include "engine/kernel.h"

#include <fahrplan/scenarios.h>

typedef struct fpli_solver fpli_solver;

/* vectors: FPLI_VECTORS_END for the best kernel here. FPL_E_MEMORY. */
fpl_status fpli_solver_new(const fpl_model *model, fpli_level_of_vectors vectors,
                           fpli_solver **solver);
void fpli_solver_free(fpli_solver *solver);

/* What counting may spend on remembering, in bytes, and how many nodes a count must have taken to be
 * worth it (0, for tests: all are, and plain enumeration is not tried first). */
void fpli_solver_set_memo(fpli_solver *solver, size_t max_bytes, uint64_t worth);

/* As the public functions of scenarios.h. outcome may be NULL. */
fpl_status fpli_solver_visit(fpli_solver *solver, const fpl_query *query,
                             const fpl_limits *limits, fpl_visitor visitor, void *context,
                             fpl_outcome *outcome, fpl_error *error);
/* The first scenario, into z (n indices, caller's memory): for thousands of small questions. One
 * thread, and no allocation until a search has taken thousands of nodes. */
fpl_status fpli_solver_find(fpli_solver *solver, const fpl_query *query,
                            const fpl_limits *limits, uint16_t *z, bool *found,
                            fpl_outcome *outcome, fpl_error *error);
fpl_status fpli_solver_count(fpli_solver *solver, const fpl_query *query,
                             const fpl_limits *limits, fpl_count *count,
                             fpl_outcome *outcome, fpl_error *error);

#endif
