/* Solving changed models: solves a second, one thread, from one model in memory. Each way is timed for
 * about a second, several times; the median counts. Beside it: the same by building a model anew. */
#include "instance.h"

#include "base/rng.h"

#include <fahrplan/variation.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RUNS = 5 };

typedef struct bench {
    const fpl_model *model;
    fpl_variation *variation;
    fpli_rng rng;
    uint64_t found;
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool count(void *context, const uint16_t *z)
{
    (void)z;
    ((bench *)context)->found++;
    return true;
}

static void solve(bench *b, const fpl_query *query)
{
    if (fpl_variation_visit(b->variation, query, NULL, count, b, NULL, NULL) != FPL_OK)
        exit(2);
}

static int below(bench *b, int n)
{
    return (int)fpli_rng_below(&b->rng, (uint64_t)n);
}

/* Every judgement that is not zero moves by -1, 0 or 1. */
static void redraw(bench *b)
{
    const fpl_model *m = b->model;
    const int n = fpl_model_n_descriptors(m);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < fpl_model_n_variants(m, i); a++)
            for (int j = 0; j < n; j++)
                for (int v = 0; v < fpl_model_n_variants(m, j); v++) {
                    const int stated = fpl_model_judgement(m, i, a, j, v);
                    if (stated != 0)
                        fpl_variation_set(b->variation, i, a, j, v,
                                          stated + below(b, 3) - 1, NULL);
                }
    solve(b, NULL);
}

static fpl_fixing change_one(bench *b)
{
    const int n = fpl_model_n_descriptors(b->model);
    const int i = below(b, n), j = (i + 1 + below(b, n - 1)) % n;
    const int a = below(b, fpl_model_n_variants(b->model, i));
    const int v = below(b, fpl_model_n_variants(b->model, j));
    fpl_variation_reset(b->variation);
    fpl_variation_set(b->variation, i, a, j, v, below(b, 7) - 3, NULL);
    return (fpl_fixing){(uint16_t)i, (uint16_t)a};
}

static void one_judgement(bench *b)
{
    change_one(b);
    solve(b, NULL);
}

static void one_judgement_warm(bench *b)
{
    const fpl_fixing fixed = change_one(b);
    const fpl_query query = {.fixed = &fixed, .n_fixed = 1};
    solve(b, &query);
}

static void one_row(bench *b)
{
    fpl_fixing held[3];
    for (uint16_t d = 0; d < 3; d++)
        held[d] = (fpl_fixing){d, (uint16_t)below(b, fpl_model_n_variants(b->model, d))};
    const fpl_query query = {.reading = FPL_DO, .fixed = held, .n_fixed = 3};
    solve(b, &query);
}

static void anew(bench *b)
{
    fpl_builder *builder = NULL;
    fpl_model *model = NULL;
    if (fpl_builder_copy(b->model, &builder, NULL) != FPL_OK ||
        fpl_builder_score(builder, 0, 0, 1, 0, (fpl_decimal){below(b, 7) - 3, 0}, NULL) !=
            FPL_OK ||
        fpl_builder_build(builder, &model, NULL) != FPL_OK ||
        fpl_scenarios_visit(model, NULL, &(fpl_limits){.n_threads = 1}, count, b, NULL,
                            NULL) != FPL_OK)
        exit(2);
    fpl_model_free(model);
    fpl_builder_free(builder);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(bench *b, const char *name, void (*once)(bench *b))
{
    double rates[RUNS];
    for (int run = 0; run < RUNS; run++) {
        const double start = now();
        uint64_t n = 0;
        fpl_variation_reset(b->variation);
        for (; now() - start < 0.5; n++) once(b);
        rates[run] = (double)n / (now() - start);
    }
    qsort(rates, RUNS, sizeof *rates, by_size);
    printf("%-24s %10.0f solves/s\n", name, rates[RUNS / 2]);
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    bench b = {.model = model};
    fpli_rng_start(&b.rng, 1, "variation");
    if (fpl_variation_new(model, 0, &b.variation, NULL) != FPL_OK) return 2;
    measure(&b, "all judgements redrawn", redraw);
    measure(&b, "one judgement", one_judgement);
    measure(&b, "one judgement, warm", one_judgement_warm);
    measure(&b, "one row held", one_row);
    measure(&b, "model built anew", anew);
    fpl_variation_free(b.variation);
    fpl_model_free(model);
    return 0;
}
