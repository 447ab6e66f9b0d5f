/* The definitions of method.md M2 as they stand. Slow and plain: the search is held against them. */
#include "engine/balance.h"

#include <fahrplan/scenarios.h>

#include "model/formula.h"

#include <string.h>

void fpl_balance(const fpl_model *model, const uint16_t *z, int32_t *balance)
{
    const int n = fpl_model_n_descriptors(model);
    const size_t V = (size_t)fpl_model_offset(model, n);
    const int16_t *matrix = fpl_model_matrix(model);
    memset(balance, 0, V * sizeof *balance);
    for (int i = 0; i < n; i++) {
        const int16_t *row = matrix + (size_t)(fpl_model_offset(model, i) + z[i]) * V;
        for (size_t v = 0; v < V; v++) balance[v] += row[v];
    }
}

bool fpl_is_excluded(const fpl_model *model, const uint16_t *z)
{
    const fpl_content *content = fpl_model_content(model);
    for (int e = 0; e < content->exclusions.n; e++)
        if (fpl_formula_holds(content->exclusions.items[e].when.formula, z)) return true;
    return false;
}

/* M2.8: whether taking variant v of j instead of z_j leads into an excluded scenario. */
static bool leads_into_exclusion(const fpl_model *model, const uint16_t *z, int j, int v)
{
    const fpl_content *content = fpl_model_content(model);
    if (content->exclusions.n == 0) return false;
    uint64_t domains[FPL_DESCRIPTORS_MAX];
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        domains[d] = (uint64_t)1 << z[d];
    domains[j] = (uint64_t)1 << v;
    for (int e = 0; e < content->exclusions.n; e++)
        if (fpli_formula_under(content->exclusions.items[e].when.formula, domains) ==
            FPLI_TRUE)
            return true;
    return false;
}

/* M2.2, with the constrained best response of M2.8. */
static int32_t consistency_value(const fpl_model *model, const uint16_t *z, int j,
                                 const int32_t *balances)
{
    int32_t value = FPL_INFINITE;
    for (int v = 0; v < fpl_model_n_variants(model, j); v++) {
        const int32_t margin = balances[z[j]] - balances[v];
        if (v != z[j] && margin < value && !leads_into_exclusion(model, z, j, v))
            value = margin;
    }
    return value;
}

int32_t fpli_tension_of(const fpl_model *model, const uint16_t *z, int d, int32_t *scores)
{
    const int n = fpl_model_n_descriptors(model), k = fpl_model_n_variants(model, d);
    const size_t V = (size_t)fpl_model_offset(model, n);
    const int16_t *column = fpl_model_matrix(model) + fpl_model_offset(model, d);
    memset(scores, 0, (size_t)k * sizeof *scores);
    for (int i = 0; i < n; i++) {
        const int16_t *row = column + (size_t)(fpl_model_offset(model, i) + z[i]) * V;
        for (int v = 0; v < k; v++) scores[v] += row[v];
    }
    const int32_t value = consistency_value(model, z, d, scores);
    return value < 0 ? -value : 0;
}

void fpl_consistency(const fpl_model *model, const uint16_t *z, int32_t *balance,
                     int32_t *consistency, fpl_figures *figures)
{
    fpl_figures sum = {.consistency = FPL_INFINITE};
    fpl_balance(model, z, balance);
    for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
        const int32_t *own = balance + fpl_model_offset(model, j);
        const int32_t value = consistency_value(model, z, j, own);
        const int32_t tension = value < 0 ? -value : 0;
        if (consistency != NULL) consistency[j] = value;
        if (value < sum.consistency) sum.consistency = value;
        if (tension > sum.inconsistency) sum.inconsistency = tension;
        sum.total_tension += tension;
        sum.tis += own[z[j]];
    }
    if (figures == NULL) return;
    *figures = sum;
    figures->excluded = fpl_is_excluded(model, z);
}

static bool is_held(const fpl_query *query, int descriptor)
{
    if (query->exempt != NULL && query->exempt[descriptor]) return true;
    for (int f = 0; query->reading == FPL_DO && f < query->n_fixed; f++)
        if (query->fixed[f].descriptor == descriptor) return true;
    return false;
}

bool fpl_query_admits(const fpl_model *model, const fpl_query *query, const uint16_t *z,
                      int32_t *balance_workspace)
{
    const fpl_query all = {0};
    if (query == NULL) query = &all;
    for (int f = 0; f < query->n_fixed; f++)
        if (z[query->fixed[f].descriptor] != query->fixed[f].variant) return false;
    if (fpl_is_excluded(model, z)) return false;
    if (query->where != NULL && !fpl_formula_holds(query->where, z)) return false;
    int64_t total = 0;
    fpl_balance(model, z, balance_workspace);
    for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
        if (is_held(query, j)) continue;
        const int32_t value = consistency_value(
            model, z, j, balance_workspace + fpl_model_offset(model, j));
        if (query->strict ? value < 1
                          : !query->use_total && value < -query->max_inconsistency)
            return false;
        if (value < 0) total -= value;
    }
    return !query->use_total || total <= query->max_total;
}
