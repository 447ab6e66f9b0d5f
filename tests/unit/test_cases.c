/* Every published case: solutions, consistency values, total impact scores, order; and the figures of
 * Somewhereland that its author prints. */
#include "support/case.h"
#include "support/check.h"

#include <fahrplan/balance.h>
#include <fahrplan/basins.h>
#include <fahrplan/scenarios.h>

static void solutions_are_the_published_ones(void **state)
{
    const char *name = *state;
    case_solutions due = {0};
    fpl_model *model = case_model(name, &due);
    const int n = fpl_model_n_descriptors(model);
    fpl_scenarios *set = NULL;
    fpl_count space = {0};
    char *digits = NULL;
    int32_t *balance = calloc((size_t)fpl_model_offset(model, n), sizeof *balance);
    assert_int_equal(fpl_scenarios_collect(model, NULL, NULL, &set, NULL), FPL_OK);
    assert_int_equal(fpl_scenarios_n(set), due.n);
    for (int s = 0; s < due.n; s++) {
        fpl_figures figures;
        assert_memory_equal(fpl_scenarios_get(set, (size_t)s), due.items[s].z,
                            (size_t)n * sizeof(uint16_t));
        fpl_consistency(model, due.items[s].z, balance, NULL, &figures);
        assert_int_equal(figures.consistency, due.items[s].consistency);
        assert_int_equal(figures.tis, due.items[s].tis);
        assert_int_equal(figures.inconsistency, 0);
    }
    assert_int_equal(fpl_model_space(model, &space), FPL_OK);
    assert_int_equal(fpl_count_digits(&space, &digits), FPL_OK);
    assert_string_equal(digits, due.space);
    fpl_string_free(digits);
    fpl_count_clear(&space);
    free(balance);
    fpl_scenarios_free(set);
    fpl_model_free(model);
    case_solutions_clear(&due);
}

/* The weight of each solution under global succession, and the starts that end in cycles. */
static void basins_are_the_published_ones(void **state)
{
    const char *name = *state;
    case_solutions due = {0};
    fpl_model *model = case_model(name, &due);
    const size_t size = (size_t)fpl_model_n_descriptors(model) * sizeof(uint16_t);
    const fpl_basin_options options = {.dynamics = {.rule = FPL_SUCCESSION_GLOBAL}};
    fpl_basins *basins = NULL;
    char *digits = NULL;
    assert_int_equal(fpl_basins_compute(model, &options, NULL, &basins, NULL), FPL_OK);
    int n_fixed = 0;
    for (size_t i = 0; i < fpl_basins_n(basins); i++) {
        const fpl_basin *basin = fpl_basins_get(basins, i);
        if (basin->length > 1) continue;
        int s = 0;
        while (s < due.n && memcmp(due.items[s].z, basin->members, size) != 0) s++;
        assert_true(s < due.n);
        assert_int_equal(fpl_count_digits(basin->weight, &digits), FPL_OK);
        assert_string_equal(digits, due.items[s].basin);
        fpl_string_free(digits);
        n_fixed++;
    }
    assert_int_equal(n_fixed, due.n);
    assert_int_equal(fpl_count_digits(fpl_basins_cyclic(basins), &digits), FPL_OK);
    assert_string_equal(digits, due.cyclic);
    fpl_string_free(digits);
    fpl_basins_free(basins);
    fpl_model_free(model);
    case_solutions_clear(&due);
}

/* W. Weimer-Jehle's teaching example, as printed. */
static void somewhereland_balances(void **state)
{
    (void)state;
    static const int32_t due[] = {0,  3, -3, 2,  1,  -3, -9, -1, 10,
                                  -7, 7, 4,  -1, -3, 2,  -1, -1};
    const uint16_t z[] = {1, 0, 2, 0, 0, 0}; /* A2 B1 C3 D1 E1 F1 */
    int32_t balance[17];
    fpl_model *model = case_model("somewhereland.case", NULL);
    fpl_balance(model, z, balance);
    assert_memory_equal(balance, due, sizeof due);
    fpl_model_free(model);
}

static void somewhereland_near_consistent(void **state)
{
    (void)state;
    static const size_t due[] = {10, 15, 32};
    fpl_model *model = case_model("somewhereland.case", NULL);
    for (int limit = 0; limit < 3; limit++) {
        const fpl_query query = {.max_inconsistency = limit};
        fpl_scenarios *set = NULL;
        assert_int_equal(fpl_scenarios_collect(model, &query, NULL, &set, NULL), FPL_OK);
        assert_int_equal(fpl_scenarios_n(set), due[limit]);
        fpl_scenarios_free(set);
    }
    fpl_model_free(model);
}

int main(void)
{
    static const char *const names[] = {
        "somewhereland.case",
        "sei_CIB_global.case",
        "sei_CIB_nested_simplified_standardized.case",
        "jucib_bench_medium.case",
        "jucib_bench_typical.case",
        "jucib_bench_50x50.case",
    };
    enum { N = sizeof names / sizeof *names };
    struct CMUnitTest tests[2 * N + 2] = {
        cmocka_unit_test(somewhereland_balances),
        cmocka_unit_test(somewhereland_near_consistent),
    };
    for (int i = 0; i < N; i++)
        tests[i + 2] = (struct CMUnitTest){names[i], solutions_are_the_published_ones,
                                           NULL, NULL, (void *)(uintptr_t)names[i]};
    for (int i = 0; i < N; i++)
        tests[N + i + 2] = (struct CMUnitTest){names[i], basins_are_the_published_ones,
                                               NULL, NULL, (void *)(uintptr_t)names[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
