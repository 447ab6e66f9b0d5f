/* Checkpoints while each allocation fails in turn: what was kept until then is gone on from. */
#include "support/check.h"

#include "base/checkpoint.h"
#include "base/mem.h"
#include "engine/solver.h"

#include <fahrplan/basins.h>
#include <fahrplan/tension.h>

#include <unistd.h>

static char file[64];

/* 2^13 scenarios, all of them near enough to a chain: too many nodes for one thread alone. */
static fpl_model *chain(void)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    enum { N = 13 };
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < N; d++) {
        const char id[] = {(char)('A' + d), '\0'};
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, d, "a", NULL);
        fpl_builder_variant(b, d, "b", NULL);
        if (d > 0) fpl_builder_score(b, d - 1, 0, d, 0, (fpl_decimal){1, 0}, NULL);
    }
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

static bool count_up(void *context, const uint16_t *z)
{
    (void)z;
    ++*(uint64_t *)context;
    return true;
}

static fpl_status visit(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                        fpl_error *error)
{
    const fpl_query query = {.use_total = true, .max_total = 13};
    *n = 0;
    return fpl_scenarios_visit(model, &query, limits, count_up, n, NULL, error);
}

/* By groups, everything remembered. */
static fpl_status count(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                        fpl_error *error)
{
    fpli_solver *solver = NULL;
    fpl_count number = {0};
    const fpli_binding binding = {"1", "2", "count", "3"};
    fpl_status status = fpli_checkpoint_begin(limits, &binding, error);
    if (status != FPL_OK) return status;
    status = fpli_solver_new(model, FPLI_VECTORS_END, &solver);
    if (status == FPL_OK) {
        fpli_solver_set_memo(solver, (size_t)1 << 20, 0);
        status = fpli_solver_count(solver, NULL, limits, &number, NULL, error);
    }
    if (status == FPL_OK) status = fpl_count_get_u64(&number, n);
    fpl_count_clear(&number);
    fpli_solver_free(solver);
    return fpli_checkpoint_end(limits, status, error);
}

static fpl_status rank(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                       fpl_error *error)
{
    fpl_tension_distribution d = {0};
    fpl_status status = fpl_tension_distribution_compute(model, limits, &d, error);
    if (status == FPL_OK) status = fpl_count_get_u64(&d.frequency[0], n);
    fpl_tension_distribution_clear(&d);
    return status;
}

static fpl_status follow(const fpl_model *model, const fpl_basin_options *options,
                         const fpl_limits *limits, uint64_t *n, fpl_error *error)
{
    fpl_basins *basins = NULL;
    const fpl_status status = fpl_basins_compute(model, options, limits, &basins, error);
    if (status == FPL_OK) *n = fpl_basins_n(basins);
    fpl_basins_free(basins);
    return status;
}

static fpl_status by_images(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                            fpl_error *error)
{
    const fpl_basin_options options = {.dynamics = {.rule = FPL_SUCCESSION_GLOBAL}};
    return follow(model, &options, limits, n, error);
}

static fpl_status by_table(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                           fpl_error *error)
{
    const fpl_basin_options options = {.dynamics = {.rule = FPL_SUCCESSION_LOCAL}};
    return follow(model, &options, limits, n, error);
}

static fpl_status by_sample(const fpl_model *model, const fpl_limits *limits, uint64_t *n,
                            fpl_error *error)
{
    const fpl_basin_options options = {.samples = 3000, .seed = 1};
    return follow(model, &options, limits, n, error);
}

static void allocations_fail_in_turn(void **state)
{
    (void)state;
    fpl_status (*const asks[])(const fpl_model *, const fpl_limits *, uint64_t *,
                               fpl_error *) = {visit,     count,    rank,
                                               by_images, by_table, by_sample};
    const fpl_limits plain = {.n_threads = 1};
    fpl_model *model = chain();
    snprintf(file, sizeof file, "/tmp/fahrplan-fault-%ld", (long)getpid());
    for (int a = 0; a < 6; a++) {
        uint64_t nth = 0, n = 0, due = 0;
        fpl_status status;
        unlink(file);
        assert_int_equal(asks[a](model, &plain, &due, NULL), FPL_OK);
        do {
            fpl_checkpoint *checkpoint = NULL;
            fpl_error error = {0};
            nth += 1 + nth / 32;
            fpli_mem_fail_at(nth);
            status = fpl_checkpoint_open(file, &checkpoint, &error);
            if (status == FPL_OK) {
                fpli_checkpoint_hurry(checkpoint, 0);
                const fpl_limits limits = {.n_threads = 1, .checkpoint = checkpoint};
                status = asks[a](model, &limits, &n, &error);
            }
            assert_true(status == FPL_OK || status == FPL_E_MEMORY);
            fpli_mem_fail_at(0);
            fpl_checkpoint_close(checkpoint, status == FPL_OK);
        } while (status != FPL_OK);
        assert_true(n == due && n > 0);
        assert_true(nth > 30);
        assert_int_not_equal(access(file, F_OK), 0);
    }
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations_fail_in_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
