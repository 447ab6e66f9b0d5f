/* The worked example of method.md, M14; what is recognised as renamed, and what is not. */
#include "support/check.h"

#include <fahrplan/compare.h>
#include <fahrplan/io.h>
#include <fahrplan/vary.h>

enum { CONF, REG, LEVEL };

/* Example B of method.md, with a gate and an exclusion that name what may be renamed. */
#define DESCRIPTORS                                                                      \
    "  - {id: CONF, name: Conflict, kind: driver, ordered: yes,"                         \
    " variants: [{id: easing}, {id: entrenched}, {id: acute}]}\n"                        \
    "  - {id: REG, kind: choice, ordered: yes, variants: [{id: strict}, {id: open}]}\n"  \
    "  - {id: LEVEL, kind: choice, ordered: yes, variants: [{id: L1}, {id: L2}]}\n"
#define IMPACTS                                                                          \
    "  - {from: CONF, to: LEVEL, scores: {easing: [2, -2], acute: [-2, 2]},"             \
    " because: {easing: {why: Fear, grade: analyst, coder: ada}}}\n"                     \
    "  - {from: CONF, to: REG, scores: {acute: [-1, 1]}}\n"                              \
    "  - {from: REG, to: LEVEL, scores: {strict: [1, -1], open: [-1, 1]}}\n"             \
    "  - {from: LEVEL, to: REG, scores: {L1: [1, -1], L2: [-2, 2]}}\n"                   \
    "  - {from: LEVEL, to: CONF, scores: {L1: [1, 0, -1], L2: [-1, 0, 1]}}\n"
#define REST                                                                             \
    "level: LEVEL\n"                                                                     \
    "gates:\n"                                                                           \
    "  - {id: g, level: L2, kind: necessary, when: 'CONF=acute and not REG in "          \
    "{strict}'}\n"

static fpl_model *read_model(const char *text)
{
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, strlen(text), "B", &options, &model, &error) != FPL_OK)
        fail_msg("%d: %s", error.mark.line, error.message);
    return model;
}

static fpl_model *example_b(void)
{
    return read_model("fahrplan: 1\ntitle: B\ndescriptors:\n" DESCRIPTORS
                      "impacts:\n" IMPACTS REST);
}

static fpl_difference *difference(const fpl_model *old, const fpl_model *new_)
{
    fpl_difference *d = NULL;
    assert_int_equal(fpl_models_diff(old, new_, &d, NULL), FPL_OK);
    return d;
}

static void the_worked_example(void **state)
{
    (void)state;
    const fpl_setting_of_score settings[] = {{CONF, 0, LEVEL, 0, {-2, 0}},
                                             {CONF, 0, LEVEL, 1, {2, 0}}};
    const fpl_variation variation = {.scores = {settings, 2}};
    fpl_model *old = example_b(), *changed = NULL;
    fpl_comparison *c = NULL;
    assert_int_equal(fpl_model_vary(old, &variation, &changed, NULL, NULL), FPL_OK);
    assert_int_equal(fpl_compare(old, changed, NULL, NULL, &c, NULL), FPL_OK);
    assert_int_equal(fpl_comparison_n_shifts(c, FPL_OLD), 1);
    const fpl_shift *lost = fpl_comparison_shift(c, FPL_OLD, 0);
    const uint16_t z[] = {0, 0, 0};
    assert_memory_equal(lost->z, z, sizeof z);
    assert_int_equal(lost->causes.n, 1);
    const fpl_cause *cause = &lost->causes.items[0];
    assert_int_equal(cause->kind, FPL_CAUSE_BALANCE);
    assert_int_equal(cause->descriptor[FPL_NEW], LEVEL);
    assert_int_equal(cause->lead[FPL_OLD], 6);
    assert_int_equal(cause->lead[FPL_NEW], -2);
    assert_int_equal(cause->contributions.n, 1);
    const fpl_contribution *conf = &cause->contributions.items[0];
    assert_int_equal(conf->from[FPL_OLD], CONF);
    assert_int_equal(conf->weight[FPL_OLD], 4);
    assert_int_equal(conf->weight[FPL_NEW], -4);
    assert_string_equal(fpl_text_in(&conf->reason[FPL_OLD]->why, NULL), "Fear");
    fpl_comparison_free(c);
    fpl_model_free(changed);
    fpl_model_free(old);
}

static void evidence_is_left_out_by_grade_and_coder(void **state)
{
    (void)state;
    const char *const grades[] = {"analyst"}, *const coders[] = {"ada"},
                      *const nobody[] = {"bob"};
    const fpl_variation ways[] = {{.grades = {grades, 1}}, {.coders = {coders, 1}}};
    fpl_model *model = example_b(), *changed = NULL;
    for (int w = 0; w < 2; w++) {
        int n = 0;
        assert_int_equal(fpl_model_vary(model, &ways[w], &changed, &n, NULL), FPL_OK);
        assert_int_equal(n, 1);
        assert_int_equal(fpl_model_judgement(changed, CONF, 0, LEVEL, 0), 0);
        assert_int_equal(fpl_model_judgement(changed, CONF, 2, LEVEL, 1), 2);
        assert_false(fpl_model_is_judged(changed, CONF, 0, LEVEL));
        fpl_model_free(changed);
    }
    const fpl_variation wrong = {.coders = {nobody, 1}};
    assert_int_equal(fpl_model_vary(model, &wrong, &changed, NULL, NULL), FPL_E_ARGUMENT);
    fpl_model_free(model);
}

/* CONF by its name, acute by its place, the gate by what it says; the formula follows. */
static void renamed_things_are_recognised(void **state)
{
    (void)state;
    static const char text[] =
        "fahrplan: 1\ntitle: B\ndescriptors:\n"
        "  - {id: CLASH, name: Conflict, kind: driver, ordered: yes,"
        " variants: [{id: easing}, {id: entrenched}, {id: hot}]}\n"
        "  - {id: REG, kind: choice, ordered: yes, variants: [{id: strict}, {id: "
        "open}]}\n"
        "  - {id: LEVEL, kind: choice, ordered: yes, variants: [{id: L1}, {id: L2}]}\n"
        "impacts:\n"
        "  - {from: CLASH, to: LEVEL, scores: {easing: [2, -2], hot: [-2, 2]},"
        " because: {easing: {why: Fear, grade: analyst, coder: ada}}}\n"
        "  - {from: CLASH, to: REG, scores: {hot: [-1, 1]}}\n"
        "  - {from: REG, to: LEVEL, scores: {strict: [1, -1], open: [-1, 1]}}\n"
        "  - {from: LEVEL, to: REG, scores: {L1: [1, -1], L2: [-2, 2]}}\n"
        "  - {from: LEVEL, to: CLASH, scores: {L1: [1, 0, -1], L2: [-1, 0, 1]}}\n"
        "level: LEVEL\n"
        "gates:\n"
        "  - {id: h, level: L2, kind: necessary, when: 'CLASH=hot and not REG in "
        "{strict}'}\n";
    static const char *const renamed[] = {"CONF", "CONF.acute", "g"};
    fpl_model *old = example_b(), *new_ = read_model(text);
    fpl_difference *d = difference(old, new_);
    fpl_comparison *c = NULL;
    assert_int_equal(fpl_difference_n(d), 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(fpl_difference_get(d, i)->kind, FPL_CHANGE_RENAMED);
        assert_string_equal(fpl_difference_get(d, i)->item, renamed[i]);
    }
    assert_int_equal(fpl_compare(old, new_, NULL, NULL, &c, NULL), FPL_OK);
    assert_false(fpl_comparison_differs(c));
    fpl_comparison_free(c);
    fpl_difference_free(d);
    fpl_model_free(new_);
    fpl_model_free(old);
}

/* Two gates that say the same could each be the one that is gone. */
static void what_could_be_read_in_two_ways_is_removed_and_added(void **state)
{
    (void)state;
    fpl_model *old = example_b();
    fpl_model *new_ = read_model("fahrplan: 1\ntitle: B\ndescriptors:\n" DESCRIPTORS
                                 "impacts:\n" IMPACTS "level: LEVEL\n"
                                 "gates:\n"
                                 "  - {id: h, level: L2, kind: necessary, when: "
                                 "'CONF=acute and not REG in {strict}'}\n"
                                 "  - {id: i, level: L2, kind: necessary, when: "
                                 "'CONF=acute and not REG in {strict}'}\n");
    fpl_difference *d = difference(old, new_);
    const fpl_change *first = fpl_difference_get(d, 0);
    assert_int_equal(first->kind, FPL_CHANGE_REMOVED);
    assert_string_equal(first->part, "gates");
    assert_string_equal(first->item, "g");
    int added = 0;
    for (size_t i = 0; i < fpl_difference_n(d); i++) {
        const fpl_change *change = fpl_difference_get(d, i);
        added += change->kind == FPL_CHANGE_ADDED && *change->field == '\0';
    }
    assert_int_equal(added, 2);
    fpl_difference_free(d);
    fpl_model_free(new_);
    fpl_model_free(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example),
        cmocka_unit_test(evidence_is_left_out_by_grade_and_coder),
        cmocka_unit_test(renamed_things_are_recognised),
        cmocka_unit_test(what_could_be_read_in_two_ways_is_removed_and_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
