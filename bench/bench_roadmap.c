/* All rows of a roadmap. --drivers N: the first N descriptors span the rows, the last one is the level;
 * --threads N; --plain yes: a search and a settling for each row by itself.
 * The answer: rows, completions of all, and rows whose default is the first level. Work: rows. */
#include "instance.h"

#include <fahrplan/roadmap.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct setting {
    int n_drivers;
    bool plain;
    fpl_limits limits;
} setting;

typedef struct sums {
    uint64_t rows, completions, first;
} sums;

static void fail(const fpl_error *error)
{
    instance_fail(error->message);
}

static sums all_together(const fpl_model *model, const setting *s,
                         const uint16_t *drivers)
{
    const fpl_roadmap_options options = {.drivers = drivers, .n_drivers = s->n_drivers};
    fpl_roadmap *roadmap = NULL;
    fpl_error error = {0};
    sums sum = {0};
    if (fpl_roadmap_compute(model, &options, &s->limits, &roadmap, &error) != FPL_OK)
        fail(&error);
    sum.rows = fpl_roadmap_n_rows(roadmap);
    for (size_t r = 0; r < sum.rows; r++) {
        const fpl_row *row = fpl_roadmap_row(roadmap, r);
        uint64_t completions = 0;
        if (fpl_count_get_u64(&row->completions, &completions) != FPL_OK)
            instance_fail("beyond 64 bits");
        sum.completions += completions;
        sum.first += row->default_levels == 1;
    }
    fpl_roadmap_free(roadmap);
    return sum;
}

static bool count(void *context, const uint16_t *z)
{
    (void)z;
    ++*(uint64_t *)context;
    return true;
}

static sums row_by_row(const fpl_model *model, const setting *s)
{
    const int n = fpl_model_n_descriptors(model), level = fpl_model_level(model);
    const fpl_limits limits = {.n_threads = 1};
    fpl_fixing held[FPL_DESCRIPTORS_MAX];
    uint16_t start[FPL_DESCRIPTORS_MAX] = {0};
    fpl_error error = {0};
    sums sum = {0};
    fpl_model_start(model, start);
    for (int i = 0; i < s->n_drivers; i++) held[i] = (fpl_fixing){(uint16_t)i, 0};
    const fpl_query query = {.reading = FPL_DO, .fixed = held, .n_fixed = s->n_drivers};
    for (int i = 0; i >= 0;) {
        fpl_attractor end = {0};
        fpl_level_set levels = 0;
        if (fpl_scenarios_visit(model, &query, &limits, count, &sum.completions, NULL,
                                &error) != FPL_OK ||
            fpl_settle(model, NULL, held, s->n_drivers, start, &end, &error) != FPL_OK)
            fail(&error);
        for (size_t k = 0; k < end.length; k++)
            levels |= (fpl_level_set)1 << end.members[k * (size_t)n + (size_t)level];
        sum.first += levels == 1;
        sum.rows++;
        fpl_attractor_clear(&end);
        for (i = s->n_drivers - 1; i >= 0; i--) {
            if (++held[i].variant < fpl_model_n_variants(model, i)) break;
            held[i].variant = 0;
        }
    }
    return sum;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    const setting *s = context;
    uint16_t drivers[FPL_DESCRIPTORS_MAX];
    instance_result result = {0};
    for (int i = 0; i < s->n_drivers; i++) drivers[i] = (uint16_t)i;
    const sums sum = s->plain ? row_by_row(model, s) : all_together(model, s, drivers);
    result.work = sum.rows;
    snprintf(result.answer, sizeof result.answer, "%" PRIu64 ", %" PRIu64 ", %" PRIu64,
             sum.rows, sum.completions, sum.first);
    return result;
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    setting s = {.n_drivers = atoi(instance_option(argc, argv, "--drivers", "3")),
                 .plain = strcmp(instance_option(argc, argv, "--plain", "no"), "yes") ==
                          0};
    s.limits.n_threads = atoi(instance_option(argc, argv, "--threads", "1"));
    if (fpl_model_level(model) < 0 || s.n_drivers >= fpl_model_n_descriptors(model) ||
        s.n_drivers < 1)
        instance_fail("a model with a level and fewer drivers than descriptors is due");
    instance_measure(model, solve, &s);
    fpl_model_free(model);
    return 0;
}
