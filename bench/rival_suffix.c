/* Rival: depth-first search in the order of the file with bounds from suffixes, our
 * restatement of the published search (as in CrossImpactBalances.jl). With the first t
 * descriptors decided, variant z_j of a decided j can still hold only if, against every
 * rival c, what is decided and the most that each later descriptor can add to the
 * difference do not sum to less than zero. */
#include "instance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct suffix_search {
    int n, V;
    int k[FPL_DESCRIPTORS_MAX];
    int offset[FPL_DESCRIPTORS_MAX + 1];
    int pair[FPL_DESCRIPTORS_MAX]; /* first of the k^2 comparisons of a descriptor */
    int n_pairs;
    const int16_t *matrix;
    int32_t *most;    /* by depth and comparison: the most that later descriptors add */
    int32_t *balance; /* by depth: what the decided ones make */
    int z[FPL_DESCRIPTORS_MAX];
    uint64_t nodes, solutions;
} suffix_search;

static int32_t most_of(const suffix_search *s, int i, int better, int worse)
{
    int32_t most = INT32_MIN;
    for (int a = s->offset[i]; a < s->offset[i + 1]; a++) {
        const int16_t *row = s->matrix + (size_t)a * (size_t)s->V;
        if (row[better] - row[worse] > most) most = row[better] - row[worse];
    }
    return most;
}

static void fill_suffixes(suffix_search *s)
{
    for (int i = s->n - 1; i >= 0; i--) {
        int32_t *here = s->most + (size_t)i * (size_t)s->n_pairs;
        for (int j = 0; j < s->n; j++)
            for (int b = 0; b < s->k[j]; b++)
                for (int c = 0; c < s->k[j]; c++, here++)
                    *here = here[s->n_pairs] +
                            most_of(s, i, s->offset[j] + b, s->offset[j] + c);
    }
}

static bool is_possible(const suffix_search *s, int depth)
{
    const int32_t *balance = s->balance + (size_t)depth * (size_t)s->V;
    const int32_t *most = s->most + (size_t)depth * (size_t)s->n_pairs;
    for (int j = 0; j < depth; j++) {
        const int32_t *rivals = balance + s->offset[j];
        const int32_t *more = most + s->pair[j] + s->z[j] * s->k[j];
        for (int c = 0; c < s->k[j]; c++)
            if (rivals[s->z[j]] - rivals[c] + more[c] < 0) return false;
    }
    return true;
}

static void descend(suffix_search *s, int depth)
{
    s->nodes++;
    if (depth == s->n) {
        s->solutions++;
        return;
    }
    const int32_t *from = s->balance + (size_t)depth * (size_t)s->V;
    int32_t *to = s->balance + (size_t)(depth + 1) * (size_t)s->V;
    for (int v = 0; v < s->k[depth]; v++) {
        const int16_t *row = s->matrix + (size_t)(s->offset[depth] + v) * (size_t)s->V;
        for (int at = 0; at < s->V; at++) to[at] = from[at] + row[at];
        s->z[depth] = v;
        if (is_possible(s, depth + 1)) descend(s, depth + 1);
    }
}

static instance_result solve(const fpl_model *model, const void *context)
{
    (void)context;
    suffix_search *s = calloc(1, sizeof *s);
    if (s == NULL) exit(2);
    s->n = fpl_model_n_descriptors(model);
    s->V = fpl_model_offset(model, s->n);
    s->matrix = fpl_model_matrix(model);
    for (int j = 0; j < s->n; j++) {
        s->k[j] = fpl_model_n_variants(model, j);
        s->offset[j + 1] = s->offset[j] + s->k[j];
        s->pair[j] = s->n_pairs;
        s->n_pairs += s->k[j] * s->k[j];
    }
    const size_t depths = (size_t)s->n + 1;
    s->most = calloc(depths * (size_t)s->n_pairs, sizeof *s->most);
    s->balance = calloc(depths * (size_t)s->V, sizeof *s->balance);
    if (s->most == NULL || s->balance == NULL) exit(2);
    fill_suffixes(s);
    descend(s, 0);
    instance_result result = {.work = s->nodes};
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, s->solutions);
    free(s->most);
    free(s->balance);
    free(s);
    return result;
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    instance_without_exclusions(model);
    instance_measure(model, solve, NULL);
    fpl_model_free(model);
    return 0;
}
