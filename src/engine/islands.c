/* Connected components by union and find. Decided descriptors are nodes as well: their tests join
 * those who act on them. */
#include "engine/islands.h"

#include "base/mem.h"

#include <string.h>

static int find(int *parent, int d)
{
    while (parent[d] != d) d = parent[d] = parent[parent[d]];
    return d;
}

static void join(int *parent, int a, int b)
{
    parent[find(parent, a)] = find(parent, b);
}

static bool is_open(const uint64_t *domains, int d)
{
    return (domains[d] & (domains[d] - 1)) != 0;
}

/* Whether what i may still do makes a difference to j. */
static bool acts_on(const fpl_model *model, const uint64_t *domains, int i, int j)
{
    const int first = __builtin_ctzll(domains[i]);
    for (uint64_t set = domains[i] & (domains[i] - 1); set != 0; set &= set - 1) {
        const int a = __builtin_ctzll(set);
        const int shift = fpl_model_judgement(model, i, a, j, 0) -
                          fpl_model_judgement(model, i, first, j, 0);
        for (int b = 1; b < fpl_model_n_variants(model, j); b++)
            if (fpl_model_judgement(model, i, a, j, b) -
                    fpl_model_judgement(model, i, first, j, b) !=
                shift)
                return true;
    }
    return false;
}

static void join_named(const fpl_formula *formula, int n, bool *named, int *parent)
{
    memset(named, 0, (size_t)n * sizeof *named);
    fpl_formula_mark_descriptors(formula, named);
    int first = -1;
    for (int d = 0; d < n; d++) {
        if (!named[d]) continue;
        if (first >= 0) join(parent, d, first);
        first = d;
    }
}

static void join_all(fpli_search *search, const fpl_model *model, const fpli_task *task,
                     const uint64_t *domains, bool *named, int *parent)
{
    const fpl_content *content = fpl_model_content(model);
    const int n = fpl_model_n_descriptors(model);
    for (int j = 0; j < n; j++) {
        if (task->max_total >= 0) join(parent, j, 0);
        if (!fpli_search_is_threatened(search, domains, j)) continue;
        for (int i = 0; i < n; i++)
            if (i != j && is_open(domains, i) && acts_on(model, domains, i, j))
                join(parent, i, j);
    }
    for (int e = 0; e < content->exclusions.n; e++)
        join_named(content->exclusions.items[e].when.formula, n, named, parent);
    if (task->where != NULL) join_named(task->where, n, named, parent);
}

fpl_status fpli_islands_find(fpli_search *search, const fpl_model *model,
                             const fpli_task *task, const uint64_t *domains,
                             fpli_islands *islands)
{
    fpl_status status = FPL_OK;
    const int n = fpl_model_n_descriptors(model);
    memset(islands, 0, sizeof *islands);
    int *parent = fpli_new((size_t)n, sizeof *parent);
    int *number = fpli_new((size_t)n, sizeof *number);
    bool *named = fpli_new((size_t)n, sizeof *named);
    FPL_TRY(parent == NULL || number == NULL || named == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int d = 0; d < n; d++) {
        parent[d] = d;
        number[d] = -1;
    }
    join_all(search, model, task, domains, named, parent);
    for (int d = 0; d < n; d++)
        if (is_open(domains, d) && number[find(parent, d)] < 0)
            number[find(parent, d)] = islands->n++;
    islands->scope = fpli_new((size_t)islands->n * (size_t)n, sizeof *islands->scope);
    FPL_TRY(islands->scope == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int d = 0; d < n; d++)
        if (is_open(domains, d)) islands->scope[number[find(parent, d)] * n + d] = true;
out:
    fpli_free(parent);
    fpli_free(number);
    fpli_free(named);
    if (status != FPL_OK) fpli_islands_clear(islands);
    return status;
}

void fpli_islands_clear(fpli_islands *islands)
{
    fpli_free(islands->scope);
    memset(islands, 0, sizeof *islands);
}
