/* Rival: try every scenario. Reflected Gray code, so that one descriptor moves by one
 * variant a step and the balance follows by one row. */
#include "instance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct walk {
    const fpl_model *model;
    int n, V;
    int32_t *balance; /* by flat variant */
    int *z, *direction;
} walk;

static void add_row(walk *w, int d, int v, int sign)
{
    const int16_t *row = fpl_model_matrix(w->model) +
                         (size_t)(fpl_model_offset(w->model, d) + v) * (size_t)w->V;
    for (int at = 0; at < w->V; at++) w->balance[at] += sign * row[at];
}

static bool is_consistent(const walk *w, const int *offset)
{
    for (int j = 0; j < w->n; j++)
        for (int at = offset[j]; at < offset[j + 1]; at++)
            if (w->balance[at] > w->balance[offset[j] + w->z[j]]) return false;
    return true;
}

/* To the next scenario of the code. False: that was the last. */
static bool step(walk *w)
{
    for (int d = 0; d < w->n; d++) {
        const int to = w->z[d] + w->direction[d];
        if (to < 0 || to >= fpl_model_n_variants(w->model, d)) {
            w->direction[d] = -w->direction[d];
            continue;
        }
        add_row(w, d, w->z[d], -1);
        add_row(w, d, to, 1);
        w->z[d] = to;
        return true;
    }
    return false;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    (void)context;
    walk w = {.model = model, .n = fpl_model_n_descriptors(model)};
    instance_result result = {0};
    uint64_t solutions = 0;
    int offset[FPL_DESCRIPTORS_MAX + 1];
    w.V = fpl_model_offset(model, w.n);
    w.balance = calloc((size_t)w.V, sizeof *w.balance);
    w.z = calloc((size_t)w.n, sizeof *w.z);
    w.direction = calloc((size_t)w.n, sizeof *w.direction);
    if (w.balance == NULL || w.z == NULL || w.direction == NULL) exit(2);
    for (int d = 0; d <= w.n; d++) offset[d] = fpl_model_offset(model, d);
    for (int d = 0; d < w.n; d++) {
        w.direction[d] = 1;
        add_row(&w, d, 0, 1);
    }
    do {
        result.work++;
        if (is_consistent(&w, offset)) solutions++;
    } while (step(&w));
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, solutions);
    free(w.balance);
    free(w.z);
    free(w.direction);
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
