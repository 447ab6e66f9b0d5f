/* The table of formats, and how the format of a text is told. */
#include "support/check.h"

#include <fahrplan/io.h>

#define MODEL "fahrplan: 1\ndescriptors: [{id: A, variants: [{id: a}]}]\n"

static fpl_status read_as(const char *text, const char *name, fpl_format format)
{
    const fpl_load_options options = {.format = format};
    fpl_model *model = NULL;
    fpl_status status = fpl_model_read(text, strlen(text), name, &options, &model, NULL);
    fpl_model_free(model);
    return status;
}

static void each_row_has_a_name_of_its_own(void **state)
{
    (void)state;
    assert_true(fpl_format_n() > 0);
    for (int i = 0; i < fpl_format_n(); i++)
        assert_int_equal(fpl_format_by_name(fpl_format_get(i)->name),
                         fpl_format_get(i)->format);
    assert_null(fpl_format_get(-1));
    assert_null(fpl_format_get(fpl_format_n()));
    assert_int_equal(fpl_format_by_name("wordstar"), FPL_FORMAT_GUESS);
}

static void native_texts_are_told_by_name_or_first_word(void **state)
{
    (void)state;
    assert_int_equal(read_as(MODEL, "a.fahrplan.yaml", FPL_FORMAT_GUESS), FPL_OK);
    assert_int_equal(read_as(MODEL, "a.yml", FPL_FORMAT_GUESS), FPL_OK);
    assert_int_equal(read_as(MODEL, "-", FPL_FORMAT_GUESS), FPL_OK);
    assert_int_equal(read_as("\xEF\xBB\xBF# said by\n\n" MODEL, "", FPL_FORMAT_GUESS),
                     FPL_OK);
    assert_int_equal(read_as("nothing known", "a.txt", FPL_FORMAT_GUESS),
                     FPL_E_UNSUPPORTED);
    assert_int_equal(read_as("nothing known", "a.txt", FPL_FORMAT_YAML), FPL_E_SYNTAX);
}

static void saving_takes_the_format_from_the_name(void **state)
{
    (void)state;
    fpl_model *model = NULL, *back = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_model_read(MODEL, strlen(MODEL), "", NULL, &model, NULL),
                     FPL_OK);
    assert_int_equal(fpl_model_save(model, "format-test.odt", NULL, &error),
                     FPL_E_UNSUPPORTED);
    assert_int_equal(fpl_model_save(model, "format-test.fahrplan.yaml", NULL, NULL),
                     FPL_OK);
    assert_int_equal(fpl_model_load("format-test.fahrplan.yaml", NULL, &back, NULL),
                     FPL_OK);
    assert_string_equal(fpl_model_digest(model), fpl_model_digest(back));
    remove("format-test.fahrplan.yaml");
    fpl_model_free(model);
    fpl_model_free(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_has_a_name_of_its_own),
        cmocka_unit_test(native_texts_are_told_by_name_or_first_word),
        cmocka_unit_test(saving_takes_the_format_from_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
