/* Measures under rules: derived statuses by date and exception, ceilings, admission. */
#include "support/check.h"

#include <fahrplan/regime.h>

#define STRINGS(...)                                                                     \
    {                                                                                    \
        (const char *[]){__VA_ARGS__},                                                   \
            sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *)                       \
    }

/* Level L (l1 l2), stance S (strict open), gate descriptor G (shut open); rules: r1 forbids arms from
 * 2017 on, except medical; r2 forbids labour until the end of 2019. */
static fpl_model *model_on(const char *date)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    fpl_variant levels[] = {{.id = "l1"}, {.id = "l2"}};
    fpl_variant stances[] = {{.id = "strict"}, {.id = "open"}};
    fpl_variant gates[] = {{.id = "shut"}, {.id = "ajar"}};
    const fpl_descriptor descriptors[] = {
        {.id = "L", .kind = FPL_CHOICE, .ordered = FPL_YES, .variants = {levels, 2}},
        {.id = "S", .kind = FPL_CHOICE, .ordered = FPL_YES, .variants = {stances, 2}},
        {.id = "G", .variants = {gates, 2}},
    };
    for (int d = 0; d < 3; d++)
        fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &descriptors[d], NULL);
    fpl_ceiling ceiling[] = {{.variant = {.id = "strict"}, .legality = FPL_PERMITTED}};
    fpl_rule rules[] = {
        {.id = "r1",
         .forbids = STRINGS("arms"),
         .from = "2017-12-22",
         .except = STRINGS("medical")},
        {.id = "r2", .forbids = STRINGS("labour", "arms"), .until = "2019"},
    };
    const fpl_content header = {
        .date = date,
        .level = {.id = "L"},
        .stance = {.descriptor = {.id = "S"}, .ceiling = {ceiling, 1}},
        .regime = {.rules = {rules, 2}}};
    fpl_builder_set_header(b, &header, NULL);
    const fpl_measure measures[] = {
        {.id = "m0", .level = {.id = "l1"}, .categories = STRINGS("tourism")},
        {.id = "m1", .level = {.id = "l1"}, .categories = STRINGS("arms", "medical")},
        {.id = "m2",
         .level = {.id = "l2"},
         .categories = STRINGS("arms"),
         .manner = FPL_COVERT},
        {.id = "m3", .level = {.id = "l1"}, .categories = STRINGS("labour")},
        {.id = "m4",
         .level = {.id = "l1"},
         .status = FPL_PERMITTED,
         .gate = {.text = "G=ajar"}},
    };
    for (int m = 0; m < 5; m++)
        fpl_builder_add(b, FPL_RECORD_MEASURE, &measures[m], NULL);
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return model;
}

static void expect(const fpl_model *model, int measure, fpl_legality legality, int rule)
{
    fpl_derived_status status;
    fpl_measure_derive_status(model, measure, NULL, &status);
    assert_int_equal(status.legality, legality);
    assert_int_equal(status.rule, rule);
}

static void what_no_rule_forbids_is_permitted(void **state)
{
    (void)state;
    fpl_model *m = model_on("2024-04-26");
    expect(m, 0, FPL_PERMITTED, -1);
    expect(m, 4, FPL_LEGALITY_UNSTATED, -1); /* it names no categories */
    fpl_model_free(m);
}

static void exceptions_are_grey_and_manner_decides_the_rest(void **state)
{
    (void)state;
    fpl_model *m = model_on("2024-04-26");
    expect(m, 1, FPL_GREY, 0);
    expect(m, 2, FPL_COVERT, 0);
    fpl_model_free(m);
}

static void rules_hold_from_their_first_day_to_their_last(void **state)
{
    (void)state;
    fpl_model *before = model_on("2017-12-21"), *first = model_on("2017-12-22");
    fpl_model *last = model_on("2019-12-31"), *after = model_on("2020-01-01");
    expect(before, 3, FPL_OPEN, 1); /* forbidden, and nobody says how it is done */
    expect(last, 3, FPL_OPEN, 1);
    expect(after, 3, FPL_PERMITTED, -1);
    expect(before, 2, FPL_COVERT, 1); /* only the second rule */
    expect(first, 2, FPL_COVERT, 0);
    expect(first, 1, FPL_OPEN,
           1); /* grey by the first, open by the second: the gravest */
    fpl_model_free(before);
    fpl_model_free(first);
    fpl_model_free(last);
    fpl_model_free(after);
}

static void admission_asks_level_stance_and_gate(void **state)
{
    (void)state;
    fpl_model *m = model_on("2024");
    const uint16_t shallow_strict[] = {0, 0, 0}, deep_strict[] = {1, 0, 1},
                   deep_open[] = {1, 1, 0};
    assert_int_equal(fpl_measure_admission(m, 2, shallow_strict), FPL_OUT_OF_REACH);
    assert_int_equal(fpl_measure_admission(m, 2, deep_strict), FPL_ULTRA_VIRES);
    assert_int_equal(fpl_measure_admission(m, 2, deep_open), FPL_ADMISSIBLE);
    assert_int_equal(fpl_measure_admission(m, 4, shallow_strict), FPL_WAITING);
    assert_int_equal(fpl_measure_admission(m, 4, deep_strict), FPL_ADMISSIBLE);
    assert_int_equal(fpl_stance_ceiling(m, 1), FPL_OPEN); /* no ceiling stated */
    fpl_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_rule_forbids_is_permitted),
        cmocka_unit_test(exceptions_are_grey_and_manner_decides_the_rest),
        cmocka_unit_test(rules_hold_from_their_first_day_to_their_last),
        cmocka_unit_test(admission_asks_level_stance_and_gate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
