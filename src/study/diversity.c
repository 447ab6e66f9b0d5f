/* Distances, and the scenarios that differ most. */
#include <fahrplan/landscape.h>

#include "base/mem.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

#define SETS_MOST 2e6

int fpl_distance(const fpl_model *model, const uint16_t *a, const uint16_t *b,
                 bool by_steps)
{
    int distance = 0;
    for (int d = 0; d < fpl_model_n_descriptors(model); d++) {
        const int steps = abs((int)a[d] - (int)b[d]);
        distance += by_steps && fpl_model_is_ordered(model, d) ? steps : steps > 0;
    }
    return distance;
}

typedef struct chooser {
    size_t n;
    int k;
    int *distance; /* n by n */
    size_t *set, *best;
    int best_least;
    int64_t best_sum;
} chooser;

static int between(const chooser *c, size_t a, size_t b)
{
    return c->distance[a * c->n + b];
}

/* Extend the set of `done` with indices from `from` on; least and sum belong to it. */
static void extend(chooser *c, int done, size_t from, int least, int64_t sum)
{
    if (done == c->k) {
        if (least < c->best_least || (least == c->best_least && sum <= c->best_sum))
            return;
        c->best_least = least;
        c->best_sum = sum;
        memcpy(c->best, c->set, (size_t)c->k * sizeof *c->best);
        return;
    }
    for (size_t i = from; i + (size_t)(c->k - done) <= c->n; i++) {
        int nearest = least;
        int64_t more = sum;
        for (int s = 0; s < done; s++) {
            const int distance = between(c, c->set[s], i);
            nearest = distance < nearest ? distance : nearest;
            more += distance;
        }
        if (nearest < c->best_least) continue; /* it only gets nearer */
        c->set[done] = i;
        extend(c, done + 1, i + 1, nearest, more);
    }
}

/* The two farthest apart, then always the one whose nearest is farthest. */
static void choose_greedily(chooser *c)
{
    size_t a = 0, b = 0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t j = i + 1; j < c->n; j++)
            if (b == 0 || between(c, i, j) > between(c, a, b)) {
                a = i;
                b = j;
            }
    c->best[0] = a;
    if (c->k > 1) c->best[1] = b;
    for (int done = 2; done < c->k; done++) {
        int farthest = -1;
        for (size_t i = 0; i < c->n; i++) {
            int nearest = INT32_MAX;
            for (int s = 0; s < done; s++) {
                const int distance = c->best[s] == i ? -1 : between(c, c->best[s], i);
                nearest = distance < nearest ? distance : nearest;
            }
            if (nearest <= farthest) continue;
            farthest = nearest;
            c->best[done] = i;
        }
    }
}

static int compare_indices(const void *left, const void *right)
{
    const size_t a = *(const size_t *)left, b = *(const size_t *)right;
    return a < b ? -1 : a > b;
}

static bool is_small(size_t n, int k)
{
    double sets = 1;
    for (int i = 0; i < k; i++) sets *= (double)(n - (size_t)i) / (i + 1);
    return sets <= SETS_MOST;
}

fpl_status fpl_scenarios_select(const fpl_model *model, const fpl_scenarios *scenarios,
                                int k, bool by_steps, size_t *chosen, bool *exact,
                                fpl_error *error)
{
    const size_t n = fpl_scenarios_n(scenarios);
    if (k < 1 || (size_t)k > n)
        return fpli_fail(error, FPL_E_ARGUMENT, "of %zu scenarios %d cannot be chosen", n,
                         k);
    chooser c = {.n = n,
                 .k = k,
                 .best_least = -1,
                 .best_sum = -1,
                 .best = chosen,
                 .distance = fpli_new(n * n, sizeof *c.distance),
                 .set = fpli_new((size_t)k, sizeof *c.set)};
    const bool made = c.distance != NULL && c.set != NULL;
    for (size_t i = 0; made && i < n; i++)
        for (size_t j = 0; j < n; j++)
            c.distance[i * n + j] = fpl_distance(model, fpl_scenarios_get(scenarios, i),
                                                 fpl_scenarios_get(scenarios, j),
                                                 by_steps);
    *exact = is_small(n, k);
    if (made && *exact) extend(&c, 0, 0, INT32_MAX, 0);
    if (made && !*exact) choose_greedily(&c);
    if (made) qsort(chosen, (size_t)k, sizeof *chosen, compare_indices);
    fpli_free(c.distance);
    fpli_free(c.set);
    return made ? FPL_OK : fpli_no_memory(error);
}
