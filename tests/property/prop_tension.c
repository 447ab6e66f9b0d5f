/* The distribution of total tension is what counting one by one gives; ranks add up. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/tension.h>

static uint64_t frequency(const fpl_tension_distribution *d, size_t t)
{
    uint64_t value = 0;
    if (t < d->n_bins)
        assert_int_equal(fpl_count_get_u64(&d->frequency[t], &value), FPL_OK);
    return value;
}

static void distribution_is_the_counted_one(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(100); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "tension");
        fpl_model *model = random_model(&rng, 3000);
        fpl_tension_distribution d = {0};
        const fpl_limits limits = {.n_threads = 1 + seed % 3};
        fpl_status status = fpl_tension_distribution_compute(model, &limits, &d, NULL);
        assert_int_equal(status, FPL_OK);
        uint64_t *due = calloc(d.n_bins, sizeof *due);
        for (uint64_t i = 0; i < oracle_space(model); i++) {
            uint16_t z[8];
            oracle_scenario(model, i, z);
            if (oracle_excluded(model, z)) continue;
            assert_true(oracle_total(model, z) < (int64_t)d.n_bins);
            due[oracle_total(model, z)]++;
        }
        for (size_t t = 0; t < d.n_bins; t++) {
            if (frequency(&d, t) == due[t]) continue;
            printf("seed %d: %llu scenarios of tension %zu, not %llu\n", seed,
                   (unsigned long long)due[t], t, (unsigned long long)frequency(&d, t));
            print_model(model);
            fail();
        }
        free(due);
        fpl_tension_distribution_clear(&d);
        fpl_model_free(model);
    }
}

static void islands_multiply_beyond_what_could_be_enumerated(void **state)
{
    (void)state;
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_tension_distribution d = {0};
    fpl_count below = {0}, equal = {0};
    char *digits = NULL;
    enum { N = 60 };
    fpl_builder_new(&b, NULL);
    for (int i = 0; i < N; i++) { /* alone, each: a is better than b by 1 */
        char id[16];
        snprintf(id, sizeof id, "D%d", i);
        fpl_builder_descriptor(b, id, NULL);
        fpl_builder_variant(b, i, "a", NULL);
        fpl_builder_variant(b, i, "b", NULL);
    }
    for (int i = 0; i < N; i++) {
        for (int v = 0; v < 2; v++)
            fpl_builder_score(b, i, v, i, 0, (fpl_decimal){1, 0}, NULL);
    }
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    assert_int_equal(fpl_tension_distribution_compute(model, NULL, &d, NULL), FPL_OK);
    assert_int_equal(d.n_bins, N + 1); /* (1 + t)^60 */
    assert_int_equal(fpl_count_digits(&d.frequency[30], &digits), FPL_OK);
    assert_string_equal(digits, "118264581564861424"); /* 60 choose 30 */
    fpl_string_free(digits);
    assert_int_equal(fpl_tension_rank(&d, 1, &below, &equal), FPL_OK);
    assert_int_equal(frequency(&d, 1), 60);
    assert_int_equal(below.limbs[0], 1);
    fpl_count_clear(&below);
    fpl_count_clear(&equal);
    fpl_tension_distribution_clear(&d);
    fpl_model_free(model);
    fpl_builder_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distribution_is_the_counted_one),
        cmocka_unit_test(islands_multiply_beyond_what_could_be_enumerated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
