/* A resolver answers as a model built anew with the same judgements, and allocates nothing. */
#include "support/check.h"

#include "base/mem.h"
#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/resolver.h>

enum { SPACE = 400, N_MOST = 8 };

static uint64_t number_of(const fpl_model *m, const uint16_t *z)
{
    uint64_t number = 0;
    for (int d = fpl_model_n_descriptors(m) - 1; d >= 0; d--)
        number = number * (uint64_t)fpl_model_n_variants(m, d) + z[d];
    return number;
}

typedef struct seen {
    const fpl_model *model;
    bool *found;
} seen;

static bool note(void *context, const uint16_t *z)
{
    seen *s = context;
    const uint64_t number = number_of(s->model, z);
    assert_false(s->found[number]);
    s->found[number] = true;
    return true;
}

static fpl_decimal decimal(int value, int denominator)
{
    fpl_decimal d = {value, 0};
    for (; denominator > 1; denominator /= 10) d.places++;
    return d;
}

/* The model that the matrix of the resolver describes. */
static fpl_model *rebuild(const fpl_model *m, const fpl_resolver *v)
{
    const int n = fpl_model_n_descriptors(m), V = fpl_model_offset(m, n);
    const int16_t *matrix = fpl_resolver_matrix(v);
    fpl_builder *b = NULL;
    fpl_model *made = NULL;
    assert_int_equal(fpl_builder_copy(m, &b, NULL), FPL_OK);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < fpl_model_n_variants(m, i); a++)
            for (int j = 0; j < n; j++)
                for (int w = 0; w < fpl_model_n_variants(m, j); w++) {
                    const int value = matrix[(fpl_model_offset(m, i) + a) * V +
                                             fpl_model_offset(m, j) + w];
                    if (value == fpl_model_judgement(m, i, a, j, w)) continue;
                    assert_int_equal(
                        fpl_builder_score(b, i, a, j, w,
                                          decimal(value, fpl_model_denominator(m)), NULL),
                        FPL_OK);
                }
    assert_int_equal(fpl_builder_build(b, &made, NULL), FPL_OK);
    fpl_builder_free(b);
    return made;
}

static void check(const fpl_model *m, fpl_resolver *v, const fpl_query *query)
{
    fpl_model *plain = rebuild(m, v);
    seen s = {m, calloc(oracle_space(m), sizeof(bool))};
    fpl_outcome outcome = {0};
    fpli_mem_fail_at(0);
    assert_int_equal(fpl_resolver_visit(v, query, NULL, note, &s, &outcome, NULL),
                     FPL_OK);
    assert_int_equal(fpli_mem_fail_at(0), 0); /* no allocation */
    assert_int_equal(outcome.stop, FPL_COMPLETE);
    for (uint64_t i = 0; i < oracle_space(m); i++) {
        uint16_t z[N_MOST];
        oracle_scenario(m, i, z);
        assert_int_equal(s.found[number_of(m, z)], oracle_admits(plain, query, z));
    }
    free(s.found);
    fpl_model_free(plain);
}

static void change_some(fpli_rng *rng, const fpl_model *m, fpl_resolver *v)
{
    const int n = fpl_model_n_descriptors(m);
    const int scale = fpl_model_scale(m);
    for (int change = (int)fpli_rng_below(rng, 12); change >= 0; change--) {
        const int i = (int)fpli_rng_below(rng, (uint64_t)n);
        const int j = (int)fpli_rng_below(rng, (uint64_t)n);
        const int a = (int)fpli_rng_below(rng, (uint64_t)fpl_model_n_variants(m, i));
        const int w = (int)fpli_rng_below(rng, (uint64_t)fpl_model_n_variants(m, j));
        const int value = (int)fpli_rng_below(rng, (uint64_t)(2 * scale + 1)) - scale;
        assert_int_equal(fpl_resolver_set(v, i, a, j, w, value, NULL), FPL_OK);
    }
}

static void resolvers_agree(void **state)
{
    (void)state;
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "resolver");
        fpl_model *m = random_model(&rng, SPACE);
        const int n = fpl_model_n_descriptors(m);
        fpl_resolver *v = NULL;
        assert_int_equal(fpl_resolver_new(m, 0, &v, NULL), FPL_OK);
        for (int round = 0; round < 6; round++) {
            const uint16_t d = (uint16_t)fpli_rng_below(&rng, (uint64_t)n);
            const fpl_fixing fixed = {
                d, (uint16_t)fpli_rng_below(&rng, (uint64_t)fpl_model_n_variants(m, d))};
            const fpl_query query = {.reading = round % 2 ? FPL_DO : FPL_SEE,
                                     .fixed = &fixed,
                                     .n_fixed = round % 3 == 0 ? 0 : 1,
                                     .strict = round == 5};
            if (round == 3) fpl_resolver_reset(v);
            if (round != 3) change_some(&rng, m, v);
            check(m, v, &query);
        }
        fpl_resolver_free(v);
        fpl_model_free(m);
    }
}

static void cells_are_checked(void **state)
{
    (void)state;
    fpli_rng rng;
    fpli_rng_start(&rng, 1, "cells");
    fpl_model *m = random_model(&rng, SPACE);
    fpl_resolver *v = NULL;
    assert_int_equal(fpl_resolver_new(m, 40000, &v, NULL), FPL_E_ARGUMENT);
    assert_int_equal(fpl_resolver_new(m, 0, &v, NULL), FPL_OK);
    assert_int_equal(fpl_resolver_set(v, -1, 0, 0, 0, 0, NULL), FPL_E_ARGUMENT);
    assert_int_equal(fpl_resolver_set(v, 0, 99, 0, 0, 0, NULL), FPL_E_ARGUMENT);
    assert_int_equal(fpl_resolver_set(v, 0, 0, 0, 0, 32767, NULL), FPL_E_ARGUMENT);
    fpl_resolver_free(v);
    fpl_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resolvers_agree),
        cmocka_unit_test(cells_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
