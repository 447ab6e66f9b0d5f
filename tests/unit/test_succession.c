/* Succession: ties, holding, exclusions, cycles. Models of two or three descriptors, answers by hand. */
#include "support/check.h"

#include "oracle/oracle.h"
#include "support/random.h"

#include <fahrplan/succession.h>

static fpl_builder *begin(int n, int k)
{
    static const char *const variants[] = {"a", "b", "c"};
    fpl_builder *b = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n; d++) {
        const char id[] = {'D', (char)('0' + d), '\0'};
        fpl_builder_descriptor(b, id, NULL);
        for (int v = 0; v < k; v++) fpl_builder_variant(b, d, variants[v], NULL);
    }
    return b;
}

static void say(fpl_builder *b, int i, int a, int j, int v, int score)
{
    assert_int_equal(fpl_builder_score(b, i, a, j, v, (fpl_decimal){score, 0}, NULL),
                     FPL_OK);
}

static fpl_model *finish(fpl_builder *b)
{
    fpl_model *model = NULL;
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

/* D0 follows D1, D1 flees from D0. */
static fpl_model *chase(void)
{
    fpl_builder *b = begin(2, 2);
    for (int v = 0; v < 2; v++) {
        say(b, 1, v, 0, v, 1);
        say(b, 0, v, 1, 1 - v, 1);
    }
    return finish(b);
}

static void expect_member(const fpl_attractor *attractor, size_t at, int first,
                          int second)
{
    assert_int_equal(attractor->members[2 * at], first);
    assert_int_equal(attractor->members[2 * at + 1], second);
}

/* (0,0): D0 is content, D1 flees to 1. (0,1): D0 follows. (1,1): D1 flees. (1,0): D0 follows. */
static void a_chase_goes_round(void **state)
{
    (void)state;
    static const fpl_succession rules[] = {FPL_SUCCESSION_LOCAL, FPL_SUCCESSION_GLOBAL,
                                           FPL_SUCCESSION_INCREMENTAL,
                                           FPL_SUCCESSION_ADIABATIC};
    fpl_model *model = chase();
    for (int r = 0; r < 4; r++) {
        fpl_attractor attractor = {0};
        assert_int_equal(fpl_settle(model, &(fpl_dynamics){.rule = rules[r]}, NULL, 0,
                                    (const uint16_t[]){0, 0}, &attractor, NULL),
                         FPL_OK);
        assert_int_equal(attractor.length, 4);
        assert_int_equal(attractor.steps, 0);
        expect_member(&attractor, 0, 0, 0);
        expect_member(&attractor, 1, 0, 1);
        expect_member(&attractor, 2, 1, 1);
        expect_member(&attractor, 3, 1, 0);
        fpl_attractor_clear(&attractor);
    }
    fpl_model_free(model);
}

static void who_is_held_stays(void **state)
{
    (void)state;
    fpl_model *model = chase();
    fpl_attractor attractor = {0};
    const fpl_fixing held = {1, 1};
    assert_int_equal(fpl_settle(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL},
                                &held, 1, (const uint16_t[]){0, 0}, &attractor, NULL),
                     FPL_OK);
    assert_int_equal(attractor.length, 1);
    assert_int_equal(attractor.steps, 1); /* D0 follows; setting D1 is no step */
    expect_member(&attractor, 0, 1, 1);
    fpl_attractor_clear(&attractor);
    fpl_model_free(model);
}

/* D1 gives D0 the scores 0, 2, 2: from a it moves to b, from c it does not move. M3.1. */
static void ties_stay_or_go_to_the_lowest(void **state)
{
    (void)state;
    fpl_builder *b = begin(2, 3);
    for (int a = 0; a < 3; a++)
        for (int v = 1; v < 3; v++) say(b, 1, a, 0, v, 2);
    fpl_model *model = finish(b);
    int32_t balance[6];
    for (int rule = 0; rule < FPL_SUCCESSION_END; rule++) {
        uint16_t next[2];
        assert_true(fpl_successor(model, &(fpl_dynamics){.rule = (fpl_succession)rule},
                                  NULL, (const uint16_t[]){0, 0}, 0, balance, next));
        assert_int_equal(next[0], 1);
        assert_false(fpl_successor(model, &(fpl_dynamics){.rule = (fpl_succession)rule},
                                   NULL, (const uint16_t[]){2, 0}, 0, balance, next));
        assert_int_equal(next[0], 2);
    }
    fpl_model_free(model);
}

/* D0 gains 1 by moving, D1 and D2 gain 2 each: the local rule moves D1 alone. */
static void the_local_rule_moves_the_worst_and_the_first_of_them(void **state)
{
    (void)state;
    fpl_builder *b = begin(3, 2);
    for (int d = 0; d < 3; d++)
        for (int a = 0; a < 2; a++) say(b, d, a, d, 1, d == 0 ? 1 : 2);
    fpl_model *model = finish(b);
    int32_t balance[6];
    uint16_t next[3];
    const uint16_t z[] = {0, 0, 0};
    assert_true(fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL}, NULL,
                              z, 0, balance, next));
    assert_memory_equal(next, ((const uint16_t[]){0, 1, 0}), sizeof next);
    assert_true(fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_GLOBAL}, NULL,
                              z, 0, balance, next));
    assert_memory_equal(next, ((const uint16_t[]){1, 1, 1}), sizeof next);
    fpl_model_free(model);
}

/* D0 likes c best and b second; with D1=a, c is excluded. M2.8. */
static void nobody_moves_into_an_exclusion(void **state)
{
    (void)state;
    fpl_builder *b = begin(2, 3);
    for (int a = 0; a < 3; a++) {
        say(b, 1, a, 0, 1, 1);
        say(b, 1, a, 0, 2, 2);
    }
    const fpl_exclusion exclusion = {.when = {.text = "D0=c and D1=a"}};
    fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    fpl_model *model = finish(b);
    int32_t balance[6];
    uint16_t next[2];
    fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL}, NULL,
                  (const uint16_t[]){0, 0}, 0, balance, next);
    assert_int_equal(next[0], 1);
    fpl_successor(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL}, NULL,
                  (const uint16_t[]){0, 1}, 0, balance, next);
    assert_int_equal(next[0], 2);
    fpl_model_free(model);
}

static void what_does_not_exist_is_refused(void **state)
{
    (void)state;
    fpl_model *model = chase();
    fpl_attractor attractor = {0};
    fpl_error error = {0};
    const uint16_t z[] = {0, 0};
    const fpl_fixing nobody = {2, 0}, nothing = {0, 2};
    assert_int_equal(fpl_settle(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_END}, NULL,
                                0, z, &attractor, &error),
                     FPL_E_ARGUMENT);
    assert_int_equal(fpl_settle(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL},
                                &nobody, 1, z, &attractor, &error),
                     FPL_E_ARGUMENT);
    assert_int_equal(fpl_settle(model, &(fpl_dynamics){.rule = FPL_SUCCESSION_LOCAL},
                                &nothing, 1, z, &attractor, &error),
                     FPL_E_ARGUMENT);
    assert_null(attractor.members);
    fpl_model_free(model);
}

/* Follow the definition and remember every scenario: steps, length and first member are the same. */
static void settling_is_following_to_the_first_return(void **state)
{
    (void)state;
    enum { SPACE_MAX = 300 };
    for (int seed = 0; seed < test_scale(200); seed++) {
        fpli_rng rng;
        fpli_rng_start(&rng, (uint64_t)seed, "settling");
        fpl_model *model = random_model(&rng, SPACE_MAX);
        const bool local = fpli_rng_below(&rng, 2) == 0;
        const size_t size = (size_t)fpl_model_n_descriptors(model) * sizeof(uint16_t);
        uint16_t path[SPACE_MAX + 1][8];
        size_t n = 0, back = 0;
        oracle_scenario(model, fpli_rng_below(&rng, oracle_space(model)), path[0]);
        do {
            (local ? oracle_local : oracle_global)(model, path[n], path[n + 1]);
            n++;
            for (back = 0; memcmp(path[back], path[n], size) != 0;) back++;
        } while (back == n);
        fpl_attractor attractor = {0};
        assert_int_equal(
            fpl_settle(model,
                       &(fpl_dynamics){.rule = local ? FPL_SUCCESSION_LOCAL
                                                     : FPL_SUCCESSION_GLOBAL},
                       NULL, 0, path[0], &attractor, NULL),
            FPL_OK);
        assert_int_equal(attractor.steps, back);
        assert_int_equal(attractor.length, n - back);
        for (size_t i = 0; i < attractor.length; i++)
            assert_memory_equal(attractor.members + i * size / sizeof(uint16_t),
                                path[back + i], size);
        fpl_attractor_clear(&attractor);
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chase_goes_round),
        cmocka_unit_test(who_is_held_stays),
        cmocka_unit_test(ties_stay_or_go_to_the_lowest),
        cmocka_unit_test(the_local_rule_moves_the_worst_and_the_first_of_them),
        cmocka_unit_test(nobody_moves_into_an_exclusion),
        cmocka_unit_test(what_does_not_exist_is_refused),
        cmocka_unit_test(settling_is_following_to_the_first_return),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
