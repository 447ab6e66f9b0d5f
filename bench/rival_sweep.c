/* Rival: every state in turn, in plain C. An odometer moves by one digit a step, so the balance
 * follows by few rows. --task successors: the successor of each (M3.1); basins: with a table of them,
 * four bytes a state, resolved to attractors in place; tension: how large the total tension is. */
#include "instance.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DONE ((uint32_t)1 << 31) /* what stands in the table is an attractor's number */
#define PATH ((uint32_t)1 << 30) /* of a state on the path: its place there */

typedef struct walk {
    const int16_t *matrix;
    int n, V;
    int k[FPL_DESCRIPTORS_MAX], offset[FPL_DESCRIPTORS_MAX + 1], z[FPL_DESCRIPTORS_MAX];
    uint64_t weight[FPL_DESCRIPTORS_MAX];
    uint64_t n_states;
    int32_t *balance;
} walk;

/* Balance += row of (d, to) - row of (d, from); from < 0: nothing to take away. */
static void move(walk *w, int d, int from, int to)
{
    const int16_t *plus = w->matrix + (size_t)(w->offset[d] + to) * (size_t)w->V;
    const int16_t *minus = w->matrix + (size_t)(w->offset[d] + from) * (size_t)w->V;
    w->z[d] = to;
    if (from < 0)
        for (int at = 0; at < w->V; at++) w->balance[at] += plus[at];
    else
        for (int at = 0; at < w->V; at++) w->balance[at] += plus[at] - minus[at];
}

static void start(walk *w, const fpl_model *model)
{
    *w = (walk){.matrix = fpl_model_matrix(model), .n = fpl_model_n_descriptors(model)};
    w->V = fpl_model_offset(model, w->n);
    w->n_states = 1;
    w->balance = calloc((size_t)w->V, sizeof *w->balance);
    if (w->balance == NULL) instance_fail("no memory");
    for (int d = 0; d < w->n; d++) {
        w->k[d] = fpl_model_n_variants(model, d);
        w->offset[d + 1] = w->offset[d] + w->k[d];
        w->weight[d] = w->n_states;
        w->n_states *= (uint64_t)w->k[d];
    }
    for (int d = 0; d < w->n; d++) move(w, d, -1, 0);
}

static void step(walk *w)
{
    for (int d = 0; d < w->n; d++) {
        const int next = w->z[d] + 1 < w->k[d] ? w->z[d] + 1 : 0;
        move(w, d, w->z[d], next);
        if (next > 0) return;
    }
}

/* Stay if among the best, otherwise the lowest-numbered best. */
static uint64_t successor(const walk *w)
{
    uint64_t to = 0;
    for (int d = 0; d < w->n; d++) {
        const int32_t *score = w->balance + w->offset[d];
        int best = w->z[d];
        for (int v = 0; v < w->k[d]; v++)
            if (score[v] > score[best]) best = v;
        to += (uint64_t)best * w->weight[d];
    }
    return to;
}

static int64_t tension(const walk *w)
{
    int64_t total = 0;
    for (int d = 0; d < w->n; d++) {
        const int32_t *score = w->balance + w->offset[d];
        int32_t best = score[0];
        for (int v = 1; v < w->k[d]; v++) best = score[v] > best ? score[v] : best;
        total += best - score[w->z[d]];
    }
    return total;
}

static instance_result solve_successors(const fpl_model *model, const void *context)
{
    walk w;
    uint64_t own = 0;
    (void)context;
    start(&w, model);
    for (uint64_t x = 0; x < w.n_states; x++, step(&w)) own += successor(&w) == x;
    free(w.balance);
    instance_result result = {.work = w.n_states};
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, own);
    return result;
}

/* ---- basins --------------------------------------------------------------------------------- */

typedef struct attractors {
    uint64_t *weight;
    uint8_t *is_cycle;
    uint32_t n;
    size_t capacity;
} attractors;

static void *grown(void *items, size_t size)
{
    void *more = realloc(items, size);
    if (more == NULL) instance_fail("no memory");
    return more;
}

static uint32_t new_attractor(attractors *a, bool is_cycle)
{
    if (a->n == a->capacity) {
        a->capacity = 2 * a->capacity + 64;
        a->weight = grown(a->weight, a->capacity * sizeof *a->weight);
        a->is_cycle = grown(a->is_cycle, a->capacity);
    }
    a->weight[a->n] = 0;
    a->is_cycle[a->n] = is_cycle;
    return a->n++;
}

/* Follow each state to something known, then let its whole path know. */
static void resolve(uint32_t *table, uint64_t n_states, attractors *a)
{
    uint32_t *path = NULL;
    size_t capacity = 0;
    for (uint64_t x = 0; x < n_states; x++) {
        uint32_t at = (uint32_t)x, attractor = 0;
        size_t length = 0;
        while (!(table[at] & (DONE | PATH))) {
            if (length == capacity) {
                capacity = 2 * capacity + 64;
                path = grown(path, capacity * sizeof *path);
            }
            const uint32_t next = table[at];
            path[length] = at;
            table[at] = PATH | (uint32_t)length++;
            at = next;
        }
        if (table[at] & DONE)
            attractor = table[at] & ~DONE;
        else
            attractor = new_attractor(a, length - (table[at] & ~PATH) > 1);
        for (size_t i = 0; i < length; i++) table[path[i]] = DONE | attractor;
        a->weight[attractor] += length;
    }
    free(path);
}

static instance_result solve_basins(const fpl_model *model, const void *context)
{
    walk w;
    attractors a = {0};
    uint64_t cyclic = 0, largest = 0;
    (void)context;
    start(&w, model);
    if (w.n_states > PATH) instance_fail("too many states for the table");
    uint32_t *table = malloc((size_t)w.n_states * sizeof *table);
    if (table == NULL) instance_fail("no memory");
    for (uint64_t x = 0; x < w.n_states; x++, step(&w))
        table[x] = (uint32_t)successor(&w);
    resolve(table, w.n_states, &a);
    for (uint32_t i = 0; i < a.n; i++) {
        cyclic += a.is_cycle[i] ? a.weight[i] : 0;
        largest = a.weight[i] > largest ? a.weight[i] : largest;
    }
    instance_result result = {.work = w.n_states};
    snprintf(result.answer, sizeof result.answer, "%" PRIu32 ", %" PRIu64 ", %" PRIu64,
             a.n, cyclic, largest);
    free(table);
    free(a.weight);
    free(a.is_cycle);
    free(w.balance);
    return result;
}

/* ---- tension -------------------------------------------------------------------------------- */

static instance_result solve_tension(const fpl_model *model, const void *context)
{
    walk w;
    uint64_t *bins = NULL;
    uint64_t n_bins = 0, sum = 0;
    (void)context;
    start(&w, model);
    for (uint64_t x = 0; x < w.n_states; x++, step(&w)) {
        const uint64_t total = (uint64_t)tension(&w);
        if (total >= n_bins) {
            bins = grown(bins, (total + 1) * sizeof *bins);
            memset(bins + n_bins, 0, (total + 1 - n_bins) * sizeof *bins);
            n_bins = total + 1;
        }
        bins[total]++;
    }
    for (uint64_t t = 0; t < n_bins; t++) sum += t * bins[t];
    instance_result result = {.work = w.n_states};
    snprintf(result.answer, sizeof result.answer, "%" PRIu64 ", %" PRIu64 ", %" PRIu64,
             n_bins, bins[0], sum);
    free(bins);
    free(w.balance);
    return result;
}

int main(int argc, char **argv)
{
    const char *task = instance_option(argc, argv, "--task", "successors");
    fpl_model *model = instance_from(argc, argv);
    instance_without_exclusions(model);
    instance_measure(model,
                     strcmp(task, "basins") == 0    ? solve_basins
                     : strcmp(task, "tension") == 0 ? solve_tension
                                                    : solve_successors,
                     NULL);
    fpl_model_free(model);
    return 0;
}
