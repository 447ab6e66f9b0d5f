/* Slow and plain. */
#include "oracle/oracle.h"

#include <string.h>

uint64_t oracle_space(const fpl_model *model)
{
    uint64_t size = 1;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++)
        size *= (uint64_t)fpl_model_n_variants(model, d);
    return size;
}

void oracle_scenario(const fpl_model *model, uint64_t i, uint16_t *z)
{
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        z[d] = (uint16_t)(i % (uint64_t)fpl_model_n_variants(model, d));
        i /= (uint64_t)fpl_model_n_variants(model, d);
    }
}

int oracle_score(const fpl_model *model, const uint16_t *z, int j, int b)
{
    int sum = 0;
    for (int i = 0; i < fpl_model_n_descriptors(model); i++)
        sum += fpl_model_judgement(model, i, z[i], j, b);
    return sum;
}

bool oracle_excluded(const fpl_model *model, const uint16_t *z)
{
    const fpl_content *content = fpl_model_content(model);
    for (int e = 0; e < content->exclusions.n; e++)
        if (fpl_formula_holds(content->exclusions.items[e].when.formula, z)) return true;
    return false;
}

static bool legal_with(const fpl_model *model, const uint16_t *z, int j, int v)
{
    uint16_t changed[64];
    memcpy(changed, z, (size_t)fpl_model_n_descriptors(model) * sizeof *z);
    changed[j] = (uint16_t)v;
    return !oracle_excluded(model, changed);
}

int oracle_margin(const fpl_model *model, const uint16_t *z, int j, int none)
{
    int margin = none;
    for (int v = 0; v < fpl_model_n_variants(model, j); v++) {
        if (v == z[j] || !legal_with(model, z, j, v)) continue;
        const int m = oracle_score(model, z, j, z[j]) - oracle_score(model, z, j, v);
        if (m < margin) margin = m;
    }
    return margin;
}

int oracle_tension(const fpl_model *model, const uint16_t *z, int j)
{
    const int margin = oracle_margin(model, z, j, 0);
    return margin < 0 ? -margin : 0;
}

int64_t oracle_total(const fpl_model *model, const uint16_t *z)
{
    int64_t total = 0;
    for (int j = 0; j < fpl_model_n_descriptors(model); j++)
        total += oracle_tension(model, z, j);
    return total;
}

static bool held(const fpl_query *query, int j)
{
    if (query->exempt != NULL && query->exempt[j]) return true;
    for (int f = 0; f < query->n_fixed; f++)
        if (query->fixed[f].descriptor == j) return query->reading == FPL_DO;
    return false;
}

bool oracle_admits(const fpl_model *model, const fpl_query *query, const uint16_t *z)
{
    int64_t total = 0;
    for (int f = 0; f < query->n_fixed; f++)
        if (z[query->fixed[f].descriptor] != query->fixed[f].variant) return false;
    if (oracle_excluded(model, z)) return false;
    if (query->where != NULL && !fpl_formula_holds(query->where, z)) return false;
    for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
        if (held(query, j)) continue;
        if (query->strict && oracle_margin(model, z, j, 1) < 1) return false;
        if (!query->use_total && oracle_tension(model, z, j) > query->max_inconsistency)
            return false;
        total += oracle_tension(model, z, j);
    }
    return !query->use_total || total <= query->max_total;
}

/* M3.1: stay if among the best, else the lowest-numbered best; never into an exclusion. */
static int wanted(const fpl_model *model, const uint16_t *z, int j, int *gain)
{
    int best = z[j], most = 0;
    for (int v = 0; v < fpl_model_n_variants(model, j); v++) {
        const int more = oracle_score(model, z, j, v) - oracle_score(model, z, j, z[j]);
        if (more > most && legal_with(model, z, j, v)) {
            most = more;
            best = v;
        }
    }
    *gain = most;
    return best;
}

void oracle_global(const fpl_model *model, const uint16_t *z, uint16_t *next)
{
    for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
        int gain;
        next[j] = (uint16_t)wanted(model, z, j, &gain);
    }
}

void oracle_local(const fpl_model *model, const uint16_t *z, uint16_t *next)
{
    int most = 0, who = -1, where = 0;
    const int n = fpl_model_n_descriptors(model);
    memcpy(next, z, (size_t)n * sizeof *z);
    for (int j = 0; j < n; j++) {
        int gain;
        const int v = wanted(model, z, j, &gain);
        if (gain > most) {
            most = gain;
            who = j;
            where = v;
        }
    }
    if (who >= 0) next[who] = (uint16_t)where;
}

/* ---- all rules ---------------------------------------------------------------------------- */

static bool is_never(const fpl_model *model, int j, int from, int to)
{
    const fpl_descriptor *d = &fpl_model_content(model)->descriptors.items[j];
    for (int m = 0; m < d->never.n; m++)
        if (d->never.items[m].from.index == from && d->never.items[m].to.index == to)
            return true;
    return false;
}

/* Where j, now in z, would go under the pressure of `acting`; its own variant if it stays. */
static int reply(const fpl_model *model, const fpl_dynamics *dynamics, const uint16_t *z,
                 const uint16_t *acting, int j, int *gain)
{
    const bool memory = dynamics->memory;
    const int stick = fpl_model_content(model)->descriptors.items[j].stickiness *
                      fpl_model_denominator(model);
    int most = 0, best = z[j];
    for (int v = 0; v < fpl_model_n_variants(model, j); v++) {
        const int more = oracle_score(model, acting, j, v) -
                         oracle_score(model, acting, j, z[j]);
        if (more <= most || !legal_with(model, z, j, v)) continue;
        if (memory && is_never(model, j, z[j], v)) continue;
        most = more;
        best = v;
    }
    if (memory && most <= stick) {
        most = 0;
        best = z[j];
    }
    *gain = most;
    return best;
}

static int rank_of(const fpl_model *model, const fpl_dynamics *dynamics, int j)
{
    if (dynamics->speed != NULL) return dynamics->speed[j];
    const fpl_kind kind = fpl_model_content(model)->descriptors.items[j].kind;
    return kind == FPL_DRIVER ? 2 : kind == FPL_CHOICE ? 1 : 0;
}

void oracle_step(const fpl_model *model, const fpl_dynamics *dynamics, const bool *held,
                 const uint16_t *z, const uint16_t *acting, uint16_t *next)
{
    enum { MOST = 64 };
    const int n = fpl_model_n_descriptors(model);
    int to[MOST], gain[MOST], worst = 0, fastest = INT32_MAX;
    uint16_t pressing[MOST];
    memcpy(next, z, (size_t)n * sizeof *z);
    memcpy(pressing, acting, (size_t)n * sizeof *z);
    for (int j = 0; j < n; j++) {
        to[j] = reply(model, dynamics, z, acting, j, &gain[j]);
        if (held != NULL && held[j]) gain[j] = 0;
        if (gain[j] > worst) worst = gain[j];
        if (gain[j] > 0 && rank_of(model, dynamics, j) < fastest)
            fastest = rank_of(model, dynamics, j);
    }
    for (int i = 0; i < n; i++) {
        int j = dynamics->rule == FPL_SUCCESSION_SEQUENTIAL && dynamics->order != NULL
                    ? dynamics->order[i]
                    : i;
        if (dynamics->rule == FPL_SUCCESSION_SEQUENTIAL) {
            if (held != NULL && held[j]) continue;
            next[j] = (uint16_t)reply(model, dynamics, next, pressing, j, &gain[j]);
            const int lag = fpl_model_content(model)
                                ->descriptors.items[j]
                                .variants.items[next[j]]
                                .lag;
            if (gain[j] > 0 && (!dynamics->memory || lag == 0)) pressing[j] = next[j];
            continue;
        }
        if (gain[j] == 0) continue;
        if (dynamics->rule == FPL_SUCCESSION_ADIABATIC &&
            rank_of(model, dynamics, j) != fastest)
            continue;
        if (dynamics->rule == FPL_SUCCESSION_LOCAL && gain[j] < worst) continue;
        next[j] = (uint16_t)to[j];
        if (dynamics->rule == FPL_SUCCESSION_INCREMENTAL &&
            fpl_model_is_ordered(model, j)) {
            int v = z[j];
            do v += to[j] > z[j] ? 1 : -1;
            while (v != to[j] && (!legal_with(model, z, j, v) ||
                                  (dynamics->memory && is_never(model, j, z[j], v))));
            next[j] = (uint16_t)v;
        }
        if (dynamics->rule == FPL_SUCCESSION_LOCAL) return;
    }
}
