/* Native texts that must be refused: tests/refuse/yaml. */
#include "support/check.h"
#include "support/refuse.h"

static fpl_status read_yaml(const char *text, size_t size, const char *name,
                            fpl_model **model, fpl_error *error)
{
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    return fpl_model_read(text, size, name, &options, model, error);
}

static void each_defect_is_refused_with_its_place(void **state)
{
    (void)state;
    refuse_all("tests/refuse/yaml", ".fahrplan.yaml", read_yaml, 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_defect_is_refused_with_its_place)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
