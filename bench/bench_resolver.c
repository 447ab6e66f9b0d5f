/* Solving changed models: a hundred solves a run, one thread, from one model in memory.
 *
 *   --way redrawn   every judgement that is not zero moves by -1, 0 or 1
 *   --way one       one judgement is drawn anew; counted are scenarios with the variant that judges
 *   --way warm      the same, asked with that variant fixed: the others are known from before
 *   --way row       three descriptors are held
 *   --anew yes      each time a model is built and laid out anew
 *
 * The answer: the number of all scenarios counted. Work: solves. */
#include "instance.h"

#include "base/rng.h"

#include <fahrplan/resolver.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SOLVES = 100 };

typedef struct bench {
    const fpl_model *model;
    fpl_resolver *resolver;
    const char *way;
    bool anew;
    fpli_rng rng;
    fpl_fixing fixed[3];
    int n_fixed;
    bool filters; /* only scenarios with the variant that judges are counted */
    uint64_t found;
} bench;

static int below(bench *b, int n)
{
    return (int)fpli_rng_below(&b->rng, (uint64_t)n);
}

static bool count(void *context, const uint16_t *z)
{
    bench *b = context;
    const bool counts = !b->filters || z[b->fixed[0].descriptor] == b->fixed[0].variant;
    b->found += counts;
    return true;
}

static void set(bench *b, fpl_builder *builder, int i, int a, int j, int v, int value)
{
    const fpl_status status = builder != NULL
                                  ? fpl_builder_score(builder, i, a, j, v,
                                                      (fpl_decimal){value, 0}, NULL)
                                  : fpl_resolver_set(b->resolver, i, a, j, v, value,
                                                     NULL);
    if (status != FPL_OK) instance_fail("a judgement cannot be set");
}

static void redraw(bench *b, fpl_builder *builder)
{
    const fpl_model *m = b->model;
    const int n = fpl_model_n_descriptors(m);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < fpl_model_n_variants(m, i); a++)
            for (int j = 0; j < n; j++)
                for (int v = 0; v < fpl_model_n_variants(m, j); v++) {
                    const int stated = fpl_model_judgement(m, i, a, j, v);
                    if (stated != 0)
                        set(b, builder, i, a, j, v, stated + below(b, 3) - 1);
                }
}

static void change_one(bench *b, fpl_builder *builder)
{
    const int n = fpl_model_n_descriptors(b->model);
    const int i = below(b, n), j = (i + 1 + below(b, n - 1)) % n;
    const int a = below(b, fpl_model_n_variants(b->model, i));
    set(b, builder, i, a, j, below(b, fpl_model_n_variants(b->model, j)),
        below(b, 7) - 3);
    b->fixed[0] = (fpl_fixing){(uint16_t)i, (uint16_t)a};
    b->n_fixed = !b->filters;
}

static void hold_row(bench *b)
{
    const int n = fpl_model_n_descriptors(b->model);
    b->n_fixed = n < 3 ? n : 3;
    for (int d = 0; d < b->n_fixed; d++)
        b->fixed[d] = (fpl_fixing){(uint16_t)d,
                                   (uint16_t)below(b, fpl_model_n_variants(b->model, d))};
}

static void change(bench *b, fpl_builder *builder)
{
    if (builder == NULL) fpl_resolver_reset(b->resolver);
    if (strcmp(b->way, "redrawn") == 0)
        redraw(b, builder);
    else if (strcmp(b->way, "row") == 0)
        hold_row(b);
    else
        change_one(b, builder);
}

static void solve_anew(bench *b)
{
    const fpl_limits limits = {.n_threads = 1};
    fpl_builder *builder = NULL;
    fpl_model *model = NULL;
    if (fpl_builder_copy(b->model, &builder, NULL) != FPL_OK) instance_fail("no memory");
    change(b, builder);
    const fpl_query query = {.reading = FPL_DO, .fixed = b->fixed, .n_fixed = b->n_fixed};
    if (fpl_builder_build(builder, &model, NULL) != FPL_OK ||
        fpl_scenarios_visit(model, &query, &limits, count, b, NULL, NULL) != FPL_OK)
        instance_fail("a changed model cannot be solved");
    fpl_model_free(model);
    fpl_builder_free(builder);
}

static void solve_changed(bench *b)
{
    change(b, NULL);
    const fpl_query query = {.reading = strcmp(b->way, "row") == 0 ? FPL_DO : FPL_SEE,
                             .fixed = b->fixed,
                             .n_fixed = b->n_fixed};
    if (fpl_resolver_visit(b->resolver, &query, NULL, count, b, NULL, NULL) != FPL_OK)
        instance_fail("a changed model cannot be solved");
}

static instance_result solve(const fpl_model *model, const void *context)
{
    bench b = *(const bench *)context;
    instance_result result = {.work = SOLVES};
    b.model = model;
    b.filters = strcmp(b.way, "one") == 0 || (b.anew && strcmp(b.way, "warm") == 0);
    fpli_rng_start(&b.rng, 1, "resolver");
    for (int i = 0; i < SOLVES; i++) b.anew ? solve_anew(&b) : solve_changed(&b);
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, b.found);
    return result;
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    bench b = {.way = instance_option(argc, argv, "--way", "redrawn"),
               .anew = strcmp(instance_option(argc, argv, "--anew", "no"), "yes") == 0};
    if (fpl_resolver_new(model, 0, &b.resolver, NULL) != FPL_OK)
        instance_fail("the model cannot be varied");
    instance_measure(model, solve, &b);
    fpl_resolver_free(b.resolver);
    fpl_model_free(model);
    return 0;
}
