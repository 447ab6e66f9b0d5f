/* Building a model: what is accepted, what is refused, and in which words. */
#include "support/check.h"

#include <fahrplan/formula.h>
#include <fahrplan/model.h>

/* Two descriptors, X with a b c (ordered) and Y with p q; X=a -> Y is 2 -2. */
static fpl_builder *small(void)
{
    fpl_builder *b = NULL;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    fpl_variant xs[] = {{.id = "a"}, {.id = "b"}, {.id = "c"}};
    fpl_variant ys[] = {{.id = "p"}, {.id = "q"}};
    const fpl_descriptor x = {
        .id = "X", .kind = FPL_CHOICE, .ordered = FPL_YES, .variants = {xs, 3}};
    const fpl_descriptor y = {.id = "Y", .variants = {ys, 2}};
    assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &x, NULL), FPL_OK);
    assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &y, NULL), FPL_OK);
    assert_int_equal(fpl_builder_score(b, 0, 0, 1, 0, (fpl_decimal){2, 0}, NULL), FPL_OK);
    assert_int_equal(fpl_builder_score(b, 0, 0, 1, 1, (fpl_decimal){-2, 0}, NULL),
                     FPL_OK);
    return b;
}

static fpl_model *built(fpl_builder *b)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_builder_build(b, &model, &error) != FPL_OK) fail_msg("%s", error.message);
    fpl_builder_free(b);
    return model;
}

static void refused(fpl_builder *b, fpl_status expected, const char *message,
                    const char *note)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_builder_build(b, &model, &error), expected);
    assert_string_equal(error.message, message);
    assert_string_equal(error.note, note);
    assert_null(model);
    fpl_builder_free(b);
}

static void shape_and_judgements(void **state)
{
    (void)state;
    fpl_model *m = built(small());
    assert_int_equal(fpl_model_n_descriptors(m), 2);
    assert_int_equal(fpl_model_offset(m, 2), 5);
    assert_int_equal(fpl_model_judgement(m, 0, 0, 1, 1), -2);
    assert_int_equal(fpl_model_judgement(m, 1, 0, 0, 1), 0);
    assert_true(fpl_model_is_judged(m, 0, 0, 1));
    assert_false(fpl_model_is_judged(m, 0, 1, 1));
    assert_int_equal(fpl_model_find_variant(m, 1, "q"), 1);
    assert_int_equal(fpl_model_find_descriptor(m, "Z"), -1);
    assert_int_equal(fpl_model_find_variant(m, fpl_model_find_descriptor(m, "Z"), "q"),
                     -1);
    assert_int_equal(fpl_model_find_variant(m, 2, "q"), -1);
    assert_string_equal(fpl_model_content(m)->grades.items[1].id, "implied");
    fpl_model_free(m);
}

static void decimals_share_a_denominator(void **state)
{
    (void)state;
    fpl_builder *b = small();
    fpl_builder_score(b, 0, 1, 1, 0, (fpl_decimal){150, 2}, NULL);
    fpl_model *m = built(b);
    assert_int_equal(fpl_model_denominator(m), 10);
    assert_int_equal(fpl_model_judgement(m, 0, 1, 1, 0), 15);
    assert_int_equal(fpl_model_judgement(m, 0, 0, 1, 0), 20);
    assert_int_equal(fpl_model_scale(m), 30);
    fpl_model_free(m);
}

static void digest_knows_what_is_stated(void **state)
{
    (void)state;
    fpl_model *one = built(small());
    fpl_builder *b = NULL;
    assert_int_equal(fpl_builder_copy(one, &b, NULL), FPL_OK);
    fpl_builder_score(b, 0, 1, 1, 0, (fpl_decimal){0, 0},
                      NULL); /* now judged, and zero */
    fpl_model *two = built(b);
    assert_int_equal(fpl_builder_copy(two, &b, NULL), FPL_OK);
    fpl_model *three = built(b);
    assert_string_not_equal(fpl_model_digest(one), fpl_model_digest(two));
    assert_string_equal(fpl_model_digest(two), fpl_model_digest(three));
    fpl_model_free(one);
    fpl_model_free(two);
    fpl_model_free(three);
}

static void unknown_names_are_refused_with_the_nearest(void **state)
{
    (void)state;
    fpl_builder *b = small();
    const fpl_exclusion exclusion = {.when = {.text = "X=d and Y=p"}};
    fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    refused(b, FPL_E_MODEL, "in the formula: descriptor 'X' has no variant 'd'",
            "the nearest name is 'a'");

    b = small();
    fpl_setting start[] = {{.descriptor = {.id = "y"}, .variant = {.id = "p"}}};
    const fpl_content header = {.roadmap = {.start = {start, 1}}};
    fpl_builder_set_header(b, &header, NULL);
    refused(b, FPL_E_MODEL, "no descriptor is called 'y'", "the nearest name is 'Y'");
}

static void doubles_are_refused(void **state)
{
    (void)state;
    fpl_builder *b = small();
    fpl_builder_variant(b, 1, "p", NULL);
    refused(b, FPL_E_MODEL, "variant 'p' is declared twice in descriptor 'Y'",
            "first declared here; rename one of them");

    b = small();
    const fpl_impact again = fpl_builder_content(b)->impacts.items[0];
    fpl_builder_add(b, FPL_RECORD_IMPACT, &again, NULL);
    refused(b, FPL_E_MODEL, "the section X -> Y stands twice",
            "it stands here first; join the two");
}

static void the_level_is_an_ordered_choice(void **state)
{
    (void)state;
    fpl_builder *b = small();
    const fpl_content header = {.level = {.id = "Y"}};
    fpl_builder_set_header(b, &header, NULL);
    refused(b, FPL_E_MODEL,
            "the level must be an ordered choice, and descriptor 'Y' is no choice",
            "say 'kind: choice' and 'ordered: yes' there");
}

/* ---- formulas ----------------------------------------------------------------------------- */

static bool value_of(const fpl_model *m, const char *text, uint16_t x, uint16_t y)
{
    fpl_formula *formula = NULL;
    fpl_error error = {0};
    const uint16_t z[] = {x, y};
    if (fpl_formula_parse(m, text, &formula, &error) != FPL_OK)
        fail_msg("%s: %s", text, error.message);
    bool value = fpl_formula_holds(formula, z);
    fpl_formula_free(formula);
    return value;
}

static void formulas_mean_what_they_say(void **state)
{
    (void)state;
    fpl_model *m = built(small());
    assert_true(value_of(m, "X=b", 1, 0));
    assert_false(value_of(m, "X=b", 2, 0));
    assert_true(value_of(m, "X>=b", 2, 0));
    assert_false(value_of(m, "X<b", 1, 0));
    assert_true(value_of(m, "X<=b and X>a", 1, 0));
    assert_true(value_of(m, "X in {a, c}", 2, 0));
    assert_true(value_of(m, "X!=c", 1, 0));
    assert_true(value_of(m, "not Y=q or X=b and Y=q", 0, 0)); /* not, then and, then or */
    assert_false(value_of(m, "not (Y=p or X=b) and true", 0, 0));
    assert_true(value_of(m, "false or true", 0, 0));
    fpl_model_free(m);
}

static void bad_formulas_point_at_the_fault(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
        int column;
    } cases[] = {
        {"X=", "the formula ends where the id of a variant is due", 3},
        {"X==b", "found '==' where a comparison (= != < <= > >= in) is due", 2},
        {"Y>p", "'>' needs ordered variants, and descriptor 'Y' is not ordered", 2},
        {"X=b Y=p", "found 'Y' where 'and' or 'or' is due", 5},
        {"(X=b", "the formula ends where ')' is due", 5},
        {"X in {a b}", "found 'b' where ',' or '}' is due", 9},
        {"", "the formula ends where the id of a descriptor is due", 1},
        {"\xc3\xa4=b", "no descriptor is called '\xc3\xa4'", 1},
        {"X=a and \xc3\xa4=b", "no descriptor is called '\xc3\xa4'", 9},
        {"X=\xe2\x88\x92", "descriptor 'X' has no variant '\xe2\x88\x92'", 3},
    };
    fpl_model *m = built(small());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fpl_formula *formula = NULL;
        fpl_error error = {0};
        assert_int_not_equal(fpl_formula_parse(m, cases[i].text, &formula, &error),
                             FPL_OK);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.mark.column, cases[i].column);
    }
    fpl_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shape_and_judgements),
        cmocka_unit_test(decimals_share_a_denominator),
        cmocka_unit_test(digest_knows_what_is_stated),
        cmocka_unit_test(unknown_names_are_refused_with_the_nearest),
        cmocka_unit_test(doubles_are_refused),
        cmocka_unit_test(the_level_is_an_ordered_choice),
        cmocka_unit_test(formulas_mean_what_they_say),
        cmocka_unit_test(bad_formulas_point_at_the_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
