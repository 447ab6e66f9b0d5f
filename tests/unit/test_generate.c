/* Generated models: the shape asked for, zero sums, densities, the same model for the
 * same seed, planted scenarios that pass. */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan/balance.h>
#include <fahrplan/generate.h>
#include <fahrplan/scenarios.h>

#include <math.h>

static fpl_model *generate(const fpl_generate_options *options)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_generate(options, &model, &error) != FPL_OK)
        fail_msg("%s", error.message);
    return model;
}

static void expect_zero_sums(const fpl_model *model, int scale)
{
    const int n = fpl_model_n_descriptors(model);
    for (int i = 0; i < n; i++)
        for (int a = 0; a < fpl_model_n_variants(model, i); a++)
            for (int j = 0; j < n; j++) {
                int sum = 0;
                for (int b = 0; b < fpl_model_n_variants(model, j); b++) {
                    const int score = fpl_model_judgement(model, i, a, j, b);
                    assert_in_range(score + scale, 0, 2 * scale);
                    if (i == j) assert_int_equal(score, 0);
                    sum += score;
                }
                assert_int_equal(sum, 0);
            }
}

static void groups_sum_to_zero_within_the_scale(void **state)
{
    (void)state;
    for (int family = 0; family < FPL_FAMILY_END; family++)
        for (int k = 0; k <= 6; k++)
            for (int scale = 0; scale <= 5; scale += 5) {
                const fpl_generate_options options = {.family = (fpl_family)family,
                                                      .n_descriptors = 7,
                                                      .n_variants = k,
                                                      .density = 0.8,
                                                      .cross = 0.3,
                                                      .module_size = 3,
                                                      .scale = scale,
                                                      .n_planted = k == 1 ? 1 : 2,
                                                      .seed = 5};
                fpl_model *model = generate(&options);
                expect_zero_sums(model, scale == 0 ? 3 : scale);
                assert_int_equal(fpl_model_scale(model), scale == 0 ? 3 : scale);
                fpl_model_free(model);
            }
}

/* With three variants and scale 1 there are seven zero-sum rows: each comes up as often.
 */
static void rows_are_uniform(void **state)
{
    (void)state;
    const fpl_generate_options options = {
        .n_descriptors = 60, .n_variants = 3, .density = 1, .scale = 1, .seed = 11};
    fpl_model *model = generate(&options);
    double times[9] = {0}, n = 0, chi = 0;
    for (int i = 0; i < 60; i++)
        for (int a = 0; a < 3; a++)
            for (int j = 0; j < 60; j++) {
                if (i == j) continue;
                times[3 * fpl_model_judgement(model, i, a, j, 0) +
                      fpl_model_judgement(model, i, a, j, 1) + 4]++;
                n++;
            }
    for (int row = 0; row < 9; row++) {
        if (row == 0 || row == 8) continue; /* the last would be 2 or -2 */
        chi += (times[row] - n / 7) * (times[row] - n / 7) / (n / 7);
    }
    assert_true(times[0] + times[8] == 0);
    assert_true(chi < 22.5); /* one in a thousand, six degrees of freedom */
    fpl_model_free(model);
}

static double share_of_sections(const fpl_model *model, int module_size, bool across)
{
    const int n = fpl_model_n_descriptors(model);
    double present = 0, all = 0;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            if (i == j || (i / module_size != j / module_size) != across) continue;
            all++;
            if (fpl_model_impact(model, i, j) != NULL) present++;
        }
    return present / all;
}

static void density_is_roughly_as_asked(void **state)
{
    (void)state;
    fpl_generate_options options = {
        .n_descriptors = 120, .n_variants = 2, .density = 0.45, .seed = 3};
    fpl_model *model = generate(&options);
    assert_true(fabs(share_of_sections(model, 120, false) - 0.45) < 0.02);
    fpl_model_free(model);
    options.family = FPL_FAMILY_MODULAR;
    options.module_size = 30;
    options.cross = 0.1;
    model = generate(&options);
    assert_true(fabs(share_of_sections(model, 30, false) - 0.45) < 0.05);
    assert_true(fabs(share_of_sections(model, 30, true) - 0.1) < 0.02);
    fpl_model_free(model);
    options.density = options.cross = 0;
    model = generate(&options);
    assert_int_equal(fpl_model_content(model)->impacts.n, 0);
    fpl_model_free(model);
}

/* Along a variant of the source each score rises or falls with the variant of the target.
 */
static void ordered_sections_are_monotone(void **state)
{
    (void)state;
    const fpl_generate_options options = {
        .family = FPL_FAMILY_ORDERED, .n_descriptors = 12, .density = 1, .seed = 8};
    fpl_model *model = generate(&options);
    int n_promoting = 0, n_hindering = 0;
    for (int i = 0; i < 12; i++) {
        assert_true(fpl_model_is_ordered(model, i));
        const int last = fpl_model_n_variants(model, i) - 1;
        for (int j = 0; j < 12; j++) {
            if (i == j) continue;
            const int k = fpl_model_n_variants(model, j);
            const int sign = fpl_model_judgement(model, i, last, j, k - 1) > 0 ? 1 : -1;
            *(sign > 0 ? &n_promoting : &n_hindering) += 1;
            for (int b = 1; b < k; b++) {
                assert_true(sign * (fpl_model_judgement(model, i, last, j, b) -
                                    fpl_model_judgement(model, i, last, j, b - 1)) >=
                            0);
                assert_int_equal(fpl_model_judgement(model, i, 0, j, b),
                                 -fpl_model_judgement(model, i, last, j, b));
            }
        }
    }
    assert_true(n_promoting > n_hindering && n_hindering > 20);
    fpl_model_free(model);
}

static void same_seed_gives_the_same_model(void **state)
{
    (void)state;
    fpl_generate_options options = {
        .n_descriptors = 9, .density = 0.5, .n_planted = 2, .n_drivers = 2, .seed = 42};
    fpl_model *a = generate(&options), *b = generate(&options);
    options.seed = 43;
    fpl_model *c = generate(&options);
    assert_string_equal(fpl_model_digest(a), fpl_model_digest(b));
    assert_string_not_equal(fpl_model_digest(a), fpl_model_digest(c));
    fpl_model_free(a);
    fpl_model_free(b);
    fpl_model_free(c);
}

static void drivers_and_level_stand_in_the_model(void **state)
{
    (void)state;
    const fpl_generate_options options = {
        .n_descriptors = 6, .n_variants = 3, .density = 0.5, .n_drivers = 2, .seed = 1};
    fpl_model *model = generate(&options);
    const fpl_content *content = fpl_model_content(model);
    assert_int_equal(fpl_model_level(model), 5);
    assert_int_equal(content->roadmap.drivers.n, 2);
    for (int i = 0; i < 6; i++) {
        const fpl_kind due = i < 2 ? FPL_DRIVER : i == 5 ? FPL_CHOICE : FPL_KIND_UNSTATED;
        assert_int_equal(content->descriptors.items[i].kind, due);
        if (i < 2) assert_int_equal(content->roadmap.drivers.items[i].index, i);
    }
    assert_string_equal(content->descriptors.items[3].id, "D4");
    assert_string_equal(content->descriptors.items[3].variants.items[1].id, "v2");
    fpl_model_free(model);
}

static void planted_scenarios_are_consistent(void **state)
{
    (void)state;
    for (int seed = 0; seed < 60; seed++) {
        const fpl_generate_options options = {
            .family = (fpl_family)(seed % FPL_FAMILY_END),
            .n_descriptors = 12,
            .n_variants = seed % 2 ? 3 : 0,
            .density = 0.8,
            .cross = 0.6,
            .module_size = 4,
            .n_planted = 1 + seed % 4,
            .seed = (uint64_t)seed};
        fpl_model *model = generate(&options);
        const fpl_content *content = fpl_model_content(model);
        const fpl_query all = {0};
        assert_int_equal(content->states.n, options.n_planted);
        for (int p = 0; p < content->states.n; p++) {
            uint16_t z[12];
            int32_t balance[64];
            const fpl_state *at = &content->states.items[p];
            assert_int_equal(at->state.n, 12);
            for (int i = 0; i < 12; i++)
                z[at->state.items[i].descriptor.index] =
                    (uint16_t)at->state.items[i].variant.index;
            assert_true(fpl_query_admits(model, &all, z, balance));
        }
        fpl_model_free(model);
    }
}

static void what_cannot_be_planted_is_refused(void **state)
{
    (void)state;
    fpl_model *model = NULL;
    fpl_error error = {0};
    /* more scenarios than the judgements have degrees of freedom */
    const fpl_generate_options crowded = {.n_descriptors = 12,
                                          .n_variants = 5,
                                          .density = 0.3,
                                          .scale = 9,
                                          .n_planted = 64,
                                          .seed = 1};
    assert_int_equal(fpl_model_generate(&crowded, &model, &error), FPL_E_UNSUPPORTED);
    assert_non_null(strstr(error.message, "64 scenarios"));
    const fpl_generate_options few = {
        .n_descriptors = 2, .n_variants = 2, .density = 1, .n_planted = 5};
    assert_int_equal(fpl_model_generate(&few, &model, &error), FPL_E_ARGUMENT);
    assert_non_null(strstr(error.message, "4 scenarios"));
    assert_null(model);
}

static void options_outside_their_range_are_refused(void **state)
{
    (void)state;
    const fpl_generate_options good = {
        .n_descriptors = 4, .n_variants = 2, .density = 0.5};
    fpl_generate_options bad[14];
    for (size_t i = 0; i < 14; i++) bad[i] = good;
    bad[0].family = FPL_FAMILY_END;
    bad[1].n_descriptors = 0;
    bad[2].n_descriptors = FPL_DESCRIPTORS_MAX + 1;
    bad[3].n_variants = -1;
    bad[4].n_variants = FPL_VARIANTS_MAX + 1;
    bad[5].n_descriptors = FPL_DESCRIPTORS_MAX;
    bad[5].n_variants = 9;
    bad[6].density = 1.01;
    bad[7].density = NAN;
    bad[8].family = FPL_FAMILY_MODULAR; /* module_size 0 */
    bad[9].family = FPL_FAMILY_MODULAR;
    bad[9].module_size = 2;
    bad[9].cross = -0.1;
    bad[10].scale = FPL_SCALE_MAX + 1;
    bad[11].n_planted = 65;
    bad[12].n_drivers = 4;
    bad[13].n_drivers = -1;
    for (size_t i = 0; i < 14; i++) {
        fpl_model *model = NULL;
        fpl_error error = {0};
        assert_int_equal(fpl_model_generate(&bad[i], &model, &error), FPL_E_ARGUMENT);
        assert_null(model);
        assert_true(error.message[0] != '\0');
    }
}

static void each_allocation_fails_once(void **state)
{
    (void)state;
    const fpl_generate_options options = {.n_descriptors = 5,
                                          .density = 0.5,
                                          .n_planted = 2,
                                          .n_drivers = 1,
                                          .scale = 5,
                                          .seed = 4};
    uint64_t nth = 0;
    fpl_status status;
    do {
        fpl_model *model = NULL;
        fpli_mem_fail_at(++nth);
        status = fpl_model_generate(&options, &model, NULL);
        fpli_mem_fail_at(0);
        assert_true(status == FPL_OK || status == FPL_E_MEMORY);
        assert_true((model == NULL) == (status != FPL_OK));
        fpl_model_free(model);
    } while (status != FPL_OK);
    assert_true(nth > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_sum_to_zero_within_the_scale),
        cmocka_unit_test(rows_are_uniform),
        cmocka_unit_test(density_is_roughly_as_asked),
        cmocka_unit_test(ordered_sections_are_monotone),
        cmocka_unit_test(same_seed_gives_the_same_model),
        cmocka_unit_test(drivers_and_level_stand_in_the_model),
        cmocka_unit_test(planted_scenarios_are_consistent),
        cmocka_unit_test(what_cannot_be_planted_is_refused),
        cmocka_unit_test(options_outside_their_range_are_refused),
        cmocka_unit_test(each_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
