/* A query as the search wants it: domains, who is tested, by which tolerance. */
#ifndef FPLI_QUERY_H
#define FPLI_QUERY_H

#include "base/status.h"

#include <fahrplan/scenarios.h>

typedef struct fpli_task {
    uint64_t *domains; /* one set of variants a descriptor */
    bool *tested;      /* false: held from outside */
    const fpl_formula *where;
    int64_t tolerance; /* of every single tension; -1: strict */
    int64_t max_total; /* of the sum; negative: no bound */
} fpli_task;

/* domains and tested: n entries of the caller's memory. query may be NULL. FPL_E_ARGUMENT. */
fpl_status fpli_task_set(const fpl_model *model, const fpl_query *query,
                         uint64_t *domains, bool *tested, fpli_task *task,
                         fpl_error *error);

/* All variants of a descriptor. */
static inline uint64_t fpli_all_variants(const fpl_model *model, int descriptor)
{
    return ~(uint64_t)0 >> (64 - fpl_model_n_variants(model, descriptor));
}

#endif
