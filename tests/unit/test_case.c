/* The reader of published cases: shapes, matrices and solutions come out as printed. */
#include "support/case.h"
#include "support/check.h"

static void somewhereland_comes_out_as_printed(void **state)
{
    (void)state;
    case_solutions solutions;
    fpl_model *model = case_model("somewhereland.case", &solutions);
    assert_int_equal(fpl_model_n_descriptors(model), 6);
    assert_int_equal(fpl_model_offset(model, 6), 17);
    assert_string_equal(fpl_model_descriptor_name(model, 1, "en"), "B. Foreign policy");
    assert_string_equal(fpl_model_variant_name(model, 0, 2, "en"), "A3 \"Social party\"");
    assert_int_equal(fpl_model_judgement(model, 0, 0, 1, 0),
                     -2); /* first row, fourth column */
    assert_int_equal(fpl_model_judgement(model, 5, 2, 4, 2),
                     -1); /* last row, 14th column */
    assert_int_equal(solutions.n, 10);
    assert_string_equal(solutions.space, "486");
    const uint16_t first[] = {2, 0, 2, 1, 0, 0};
    assert_memory_equal(solutions.items[0].z, first, sizeof first);
    assert_int_equal(solutions.items[0].consistency, 0);
    assert_int_equal(solutions.items[0].tis, 9);
    assert_string_equal(solutions.items[0].basin, "24");
    assert_string_equal(solutions.items[0].weight, "-");
    case_solutions_clear(&solutions);
    fpl_model_free(model);
}

static void every_case_can_be_read(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int n_variants, n_solutions;
    } cases[] = {{"somewhereland.case", 17, 10},
                 {"sei_CIB_global.case", 10, 4},
                 {"sei_CIB_nested_simplified_standardized.case", 47, 15},
                 {"jucib_bench_medium.case", 20, 2},
                 {"jucib_bench_typical.case", 30, 2},
                 {"jucib_bench_50x50.case", 50, 5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        case_solutions solutions;
        fpl_model *model = case_model(cases[i].name, &solutions);
        const int n = fpl_model_n_descriptors(model);
        assert_int_equal(fpl_model_offset(model, n), cases[i].n_variants);
        assert_int_equal(solutions.n, cases[i].n_solutions);
        assert_string_not_equal(solutions.space, "");
        case_solutions_clear(&solutions);
        fpl_model_free(model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(somewhereland_comes_out_as_printed),
        cmocka_unit_test(every_case_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
