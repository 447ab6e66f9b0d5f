/* Building a model while each allocation fails in turn: "no memory", and nothing leaks. */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan/formula.h>
#include <fahrplan/model.h>
#include <fahrplan/regime.h>

static fpl_status fill(fpl_builder *b)
{
    fpl_status status = FPL_OK;
    fpl_variant xs[] = {{.id = "a"}, {.id = "b"}};
    fpl_phrase phrases[] = {{"en", "A name"}, {"de", "Ein Name"}};
    const fpl_descriptor x = {.id = "X",
                              .name = {phrases, 2},
                              .kind = FPL_CHOICE,
                              .ordered = FPL_YES,
                              .variants = {xs, 2}};
    const fpl_exclusion exclusion = {.when = {.text = "X=a and Y in {b}"}};
    const fpl_content header = {.level = {.id = "X"}};
    if (status == FPL_OK) status = fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &x, NULL);
    if (status == FPL_OK) status = fpl_builder_descriptor(b, "Y", NULL);
    if (status == FPL_OK) status = fpl_builder_variant(b, 1, "b", NULL);
    if (status == FPL_OK)
        status = fpl_builder_score(b, 1, 0, 0, 1, (fpl_decimal){3, 0}, NULL);
    if (status == FPL_OK)
        status = fpl_builder_add(b, FPL_RECORD_EXCLUSION, &exclusion, NULL);
    if (status == FPL_OK) status = fpl_builder_set_header(b, &header, NULL);
    return status;
}

static fpl_status all_of_it(void)
{
    fpl_builder *b = NULL, *copy = NULL;
    fpl_model *model = NULL;
    fpl_formula *formula = NULL;
    fpl_error error = {0};
    fpl_status status = fpl_builder_new(&b, &error);
    if (status == FPL_OK) status = fill(b);
    if (status == FPL_OK) status = fpl_builder_set_file(b, "a file", &error);
    if (status == FPL_OK) status = fpl_builder_build(b, &model, &error);
    if (status == FPL_OK) status = fpl_builder_copy(model, &copy, &error);
    if (status == FPL_OK)
        status = fpl_formula_parse(model, "X>=b or not X=a", &formula, &error);
    fpl_formula_free(formula);
    fpl_model_free(model);
    fpl_builder_free(b);
    fpl_builder_free(copy);
    return status;
}

static void each_allocation_fails_once(void **state)
{
    (void)state;
    uint64_t nth = 0;
    fpl_status status;
    do {
        fpli_mem_fail_at(++nth);
        status = all_of_it();
        assert_true(status == FPL_OK || status == FPL_E_MEMORY);
    } while (status != FPL_OK);
    fpli_mem_fail_at(0);
    assert_true(nth > 10); /* some did fail on the way */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_fails_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
