/* Checking a query and turning it into a task for the search. */
#include "engine/query.h"

static fpl_status check_limits(const fpl_query *query, fpl_error *error)
{
    if (query->max_inconsistency < 0 || query->max_total < 0)
        return fpli_fail(error, FPL_E_ARGUMENT, "a limit on tension cannot be negative");
    if (query->strict && (query->max_inconsistency > 0 || query->use_total))
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "strict consistency and a tolerance exclude each other");
    if (query->use_total && query->max_inconsistency > 0)
        return fpli_fail(
            error, FPL_E_ARGUMENT,
            "a limit is either on the largest tension or on the total, not on both");
    return FPL_OK;
}

static fpl_status fix(const fpl_model *model, const fpl_query *query, fpli_task *task,
                      fpl_error *error)
{
    for (int f = 0; f < query->n_fixed; f++) {
        const fpl_fixing fixing = query->fixed[f];
        if (fixing.descriptor >= fpl_model_n_descriptors(model) ||
            fixing.variant >= fpl_model_n_variants(model, fixing.descriptor))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", fixing.variant,
                             fixing.descriptor);
        for (int before = 0; before < f; before++)
            if (query->fixed[before].descriptor == fixing.descriptor)
                return fpli_fail(error, FPL_E_ARGUMENT, "descriptor %d is fixed twice",
                                 fixing.descriptor);
        task->domains[fixing.descriptor] = (uint64_t)1 << fixing.variant;
        if (query->reading == FPL_DO) task->tested[fixing.descriptor] = false;
    }
    return FPL_OK;
}

fpl_status fpli_task_set(const fpl_model *model, const fpl_query *query,
                         uint64_t *domains, bool *tested, fpli_task *task,
                         fpl_error *error)
{
    const fpl_query all = {0};
    if (query == NULL) query = &all;
    *task = (fpli_task){.domains = domains, .tested = tested, .where = query->where};
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        domains[d] = fpli_all_variants(model, d);
        tested[d] = query->exempt == NULL || !query->exempt[d];
    }
    task->tolerance = query->strict      ? -1
                      : query->use_total ? query->max_total
                                         : query->max_inconsistency;
    task->max_total = query->use_total ? query->max_total : -1;
    fpl_status status = check_limits(query, error);
    return status != FPL_OK ? status : fix(model, query, task, error);
}
