/* The search finds what the definitions admit, for every kind of query, on every kernel, in listing
 * order, and counts the same. */
#include "support/check.h"

#include "engine/solver.h"
#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/balance.h>

typedef struct instance {
    fpl_model *model;
    fpl_query query;
    fpl_fixing fixed[2];
    bool exempt[8];
    char where[512];
    fpl_formula *formula;
} instance;

static void draw(instance *in, fpli_rng *rng)
{
    memset(in, 0, sizeof *in);
    in->model = random_model(rng, 600);
    const int n = fpl_model_n_descriptors(in->model);
    fpl_query *q = &in->query;
    q->reading = fpli_rng_below(rng, 2) ? FPL_DO : FPL_SEE;
    q->fixed = in->fixed;
    q->n_fixed = (int)fpli_rng_below(rng, n > 1 ? 3 : 2);
    for (int f = 0; f < q->n_fixed; f++) {
        uint16_t d = (uint16_t)fpli_rng_below(rng, (uint64_t)n);
        if (f == 1 && d == in->fixed[0].descriptor) d = (uint16_t)((d + 1) % n);
        in->fixed[f].descriptor = d;
        in->fixed[f].variant = (uint16_t)fpli_rng_below(
            rng, (uint64_t)fpl_model_n_variants(in->model, d));
    }
    if (fpli_rng_below(rng, 4) == 0) {
        for (int d = 0; d < n; d++) in->exempt[d] = fpli_rng_below(rng, 3) == 0;
        q->exempt = in->exempt;
    }
    switch (fpli_rng_below(rng, 5)) {
    case 0: q->strict = true; break;
    case 1: q->max_inconsistency = (int32_t)fpli_rng_below(rng, 6); break;
    case 2:
        q->use_total = true;
        q->max_total = (int64_t)fpli_rng_below(rng, 40);
        break;
    default: break;
    }
    if (fpli_rng_below(rng, 3) == 0) {
        random_formula(rng, in->model, in->where, sizeof in->where);
        assert_int_equal(fpl_formula_parse(in->model, in->where, &in->formula, NULL),
                         FPL_OK);
        q->where = in->formula;
    }
}

static void explain_instance(const instance *in, uint64_t seed)
{
    printf("seed %llu: reading %s, strict %d, max inconsistency %d, total %d %lld, where "
           "'%s'\n",
           (unsigned long long)seed, in->query.reading == FPL_DO ? "do" : "see",
           in->query.strict, in->query.max_inconsistency, in->query.use_total,
           (long long)in->query.max_total, in->where);
    for (int f = 0; f < in->query.n_fixed; f++)
        printf("fixed: D%d=%d\n", in->fixed[f].descriptor, in->fixed[f].variant);
    for (int d = 0; in->query.exempt != NULL && d < 8; d++)
        if (in->exempt[d]) printf("exempt: D%d\n", d);
    print_model(in->model);
}

static bool agrees(const instance *in)
{
    const int n = fpl_model_n_descriptors(in->model);
    fpl_scenarios *set = NULL;
    fpl_count count = {0};
    uint64_t counted = 0;
    size_t at = 0;
    bool same = true;
    int32_t balance[64];
    assert_int_equal(fpl_scenarios_collect(in->model, &in->query, NULL, &set, NULL),
                     FPL_OK);
    assert_int_equal(fpl_scenarios_count(in->model, &in->query, NULL, &count, NULL, NULL),
                     FPL_OK);
    assert_int_equal(fpl_count_get_u64(&count, &counted), FPL_OK);
    for (uint64_t i = 0; i < oracle_space(in->model) && same; i++) {
        uint16_t z[8];
        oracle_scenario(in->model, i, z);
        const bool due = oracle_admits(in->model, &in->query, z);
        same = due == fpl_query_admits(in->model, &in->query, z, balance);
        if (!due || !same) continue;
        same = at < fpl_scenarios_n(set) &&
               memcmp(fpl_scenarios_get(set, at), z, (size_t)n * sizeof *z) == 0;
        at++;
    }
    same = same && at == fpl_scenarios_n(set) && counted == at;
    fpl_scenarios_free(set);
    fpl_count_clear(&count);
    return same;
}

static void search_agrees_with_definition(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(3000); seed++) {
        fpli_rng rng;
        instance in;
        fpli_rng_start(&rng, (uint64_t)seed, "enumeration");
        draw(&in, &rng);
        if (!agrees(&in)) {
            explain_instance(&in, (uint64_t)seed);
            fail();
        }
        fpl_formula_free(in.formula);
        fpl_model_free(in.model);
    }
}

static bool add_up(void *context, const uint16_t *z)
{
    uint64_t *sum = context;
    *sum = *sum * 31 + z[0] + 1;
    return true;
}

static void kernels_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "kernels");
        fpl_model *model = random_model(&rng, 4000);
        uint64_t expected = 0;
        for (int level = FPLI_SCALAR; level < FPLI_VECTORS_END; level++) {
            fpli_solver *solver = NULL;
            uint64_t sum = 0;
            if (fpli_kernel_get((fpli_level_of_vectors)level, 2) == NULL) continue;
            assert_int_equal(
                fpli_solver_new(model, (fpli_level_of_vectors)level, &solver), FPL_OK);
            assert_int_equal(
                fpli_solver_visit(solver, NULL, NULL, add_up, &sum, NULL, NULL), FPL_OK);
            if (level == FPLI_SCALAR) expected = sum;
            assert_true(sum == expected); /* the same scenarios in the same order */
            fpli_solver_free(solver);
        }
        fpl_model_free(model);
    }
}

static void figures_agree_with_definition(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "figures");
        fpl_model *model = random_model(&rng, 600);
        uint16_t z[8];
        int32_t balance[64], consistency[8];
        fpl_figures figures;
        oracle_scenario(model, fpli_rng_below(&rng, oracle_space(model)), z);
        fpl_consistency(model, z, balance, consistency, &figures);
        int64_t tis = 0;
        for (int j = 0; j < fpl_model_n_descriptors(model); j++) {
            assert_int_equal(consistency[j], oracle_margin(model, z, j, FPL_INFINITE));
            tis += oracle_score(model, z, j, z[j]);
        }
        assert_true(figures.tis == tis);
        assert_true(figures.total_tension == oracle_total(model, z));
        assert_int_equal(figures.excluded, oracle_excluded(model, z));
        fpl_model_free(model);
    }
}

static void steps_agree_with_definition(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(300); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "steps");
        fpl_model *model = random_model(&rng, 600);
        const size_t size = (size_t)fpl_model_n_descriptors(model) * sizeof(uint16_t);
        for (int i = 0; i < 20; i++) {
            uint16_t z[8], due[8], next[8];
            int32_t balance[64];
            oracle_scenario(model, fpli_rng_below(&rng, oracle_space(model)), z);
            oracle_local(model, z, due);
            fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL}, NULL, z,
                          0, balance, next);
            assert_memory_equal(next, due, size);
            oracle_global(model, z, due);
            const bool moved = fpl_successor(
                model, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL, z, 0,
                balance, next);
            assert_memory_equal(next, due, size);
            assert_int_equal(moved, memcmp(z, due, size) != 0);
        }
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(search_agrees_with_definition),
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(figures_agree_with_definition),
        cmocka_unit_test(steps_agree_with_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
