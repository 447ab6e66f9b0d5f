/* Solution files: read, byte for byte back, extended, compared with a model. */
#include "support/case.h"
#include "support/check.h"

#include <fahrplan/solutions.h>

#define HEAD "$ ScenarioWizard 3.0\nSolution set\n"

static fpl_solutions *read_sl(const char *text, size_t size)
{
    fpl_solutions *solutions = NULL;
    fpl_error error = {0};
    if (fpl_solutions_read(text, size, "a.sl", &solutions, &error) != FPL_OK)
        fail_msg("%d:%d: %s", error.mark.line, error.mark.column, error.message);
    return solutions;
}

static void expect_text(const fpl_solutions *solutions, const char *text, size_t size)
{
    char *written = NULL;
    size_t written_size = 0;
    assert_int_equal(fpl_solutions_write(solutions, &written, &written_size, NULL),
                     FPL_OK);
    if (written_size != size || memcmp(written, text, size) != 0)
        fail_msg("expected:\n%.*s\nwritten:\n%s", (int)size, text, written);
    fpl_string_free(written);
}

static void rows_are_read(void **state)
{
    (void)state;
    static const char text[] = HEAD
        " 2 \n\n\" 2 3 1\",9007199254740993,-1,0,-15,\"as is\"\n\"1 1 2\",0,4,0,8,\"\"";
    fpl_solutions *solutions = read_sl(text, strlen(text));
    assert_int_equal(fpl_solutions_n(solutions), 2);
    assert_int_equal(fpl_solutions_n_descriptors(solutions), 3);
    const fpl_solution *row = fpl_solutions_get(solutions, 0);
    const uint16_t z[] = {1, 2, 0};
    assert_memory_equal(row->z, z, sizeof z);
    assert_string_equal(row->weight, "9007199254740993"); /* 2^53 + 1 */
    assert_int_equal(row->consistency, -1);
    assert_string_equal(row->fourth, "0");
    assert_int_equal(row->tis, -15);
    assert_string_equal(row->text, "as is");
    assert_int_equal(row->line, 5);
    assert_null(fpl_solutions_get(solutions, 2));
    fpl_solutions_free(solutions);
}

static void files_come_back_byte_for_byte(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD " 1 \n\n\" 1 2\",0,0,0,1,\"\"\n",
        HEAD "1\n\" 1 2\",0,0,0,1,\"\"",
        HEAD " 2 \r\n\r\n\" 1 2\" , 1.677722E+07 , 0 ,0, 1 ,\"a \"b\" c\"\r\n \n\"1  "
             "1\",00,0,0,+1,\"\"\n\n",
        HEAD " 0 \n\n",
        HEAD "0",
        HEAD " 1 \n\n\"1\",123456789012345678901234567890,0,0,1,\"K\xE4lte\"\n",
        "\xEF\xBB\xBF$ ScenarioWizard 4.1\nSolution set of "
        "K\xC3\xA4lte\n1\n\n\"1\",0,0,1.5,1,\"\"\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fpl_solutions *solutions = read_sl(texts[i], strlen(texts[i]));
        expect_text(solutions, texts[i], strlen(texts[i]));
        fpl_solutions_free(solutions);
    }
}

static void published_files_come_back_and_fit_their_models(void **state)
{
    (void)state;
    static const char *const names[] = {"sei_CIB_global",
                                        "sei_CIB_nested_simplified_standardized"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[128];
        size_t size = 0;
        snprintf(name, sizeof name, "scw/%s.sl", names[i]);
        char *text = case_file(name, &size);
        fpl_solutions *solutions = read_sl(text, size);
        expect_text(solutions, text, size);
        snprintf(name, sizeof name, "%s.case", names[i]);
        case_solutions due;
        fpl_model *model = case_model(name, &due);
        assert_int_equal(fpl_solutions_n(solutions), due.n);
        int32_t balance[64];
        for (int s = 0; s < due.n; s++) {
            fpl_figures figures;
            assert_int_equal(
                fpl_solution_fit(solutions, (size_t)s, model, &figures, balance),
                FPL_FITS);
            assert_int_equal(figures.tis, fpl_solutions_get(solutions, (size_t)s)->tis);
        }
        case_solutions_clear(&due);
        fpl_model_free(model);
        fpl_solutions_free(solutions);
        free(text);
    }
}

/* A -> B: 2 -2 / -1 1; so (a1,b1) has c_B = 4, (a2,b1) has c_B = -2. */
static fpl_model *small_model(void)
{
    fpl_builder *builder = NULL;
    fpl_model *model = NULL;
    static const int scores[2][2] = {{2, -2}, {-1, 1}};
    assert_int_equal(fpl_builder_new(&builder, NULL), FPL_OK);
    for (int d = 0; d < 2; d++) {
        assert_int_equal(fpl_builder_descriptor(builder, d == 0 ? "A" : "B", NULL),
                         FPL_OK);
        assert_int_equal(fpl_builder_variant(builder, d, "v1", NULL), FPL_OK);
        assert_int_equal(fpl_builder_variant(builder, d, "v2", NULL), FPL_OK);
    }
    for (int a = 0; a < 2; a++)
        for (int b = 0; b < 2; b++)
            fpl_builder_score(builder, 0, a, 1, b, (fpl_decimal){scores[a][b], 0}, NULL);
    assert_int_equal(fpl_builder_build(builder, &model, NULL), FPL_OK);
    fpl_builder_free(builder);
    return model;
}

static void misfits_are_told_apart(void **state)
{
    (void)state;
    static const char text[] = HEAD
        "6\n\n\"1 1\",0,0,0,2,\"\"\n\"2 1\",0,-2,0,-1,\"\"\n\"1 1\",0,1,0,2,\"\"\n"
        "\"1 1\",0,0,0,3,\"\"\n\"1 3\",0,0,0,2,\"\"\n\"2 2\",0,0,0,1,\"\"\n";
    static const fpl_fit due[] = {FPL_FITS,    FPL_FITS,      FPL_FIT_CONSISTENCY,
                                  FPL_FIT_TIS, FPL_FIT_SHAPE, FPL_FITS};
    fpl_solutions *solutions = read_sl(text, strlen(text));
    fpl_model *model = small_model();
    int32_t balance[4];
    for (size_t s = 0; s < 6; s++)
        assert_int_equal(fpl_solution_fit(solutions, s, model, NULL, balance), due[s]);
    assert_int_equal(fpl_solution_fit(solutions, 6, model, NULL, balance), FPL_FIT_SHAPE);
    fpl_solutions_free(solutions);
    static const char wide[] = HEAD "1\n\"1 1 1\",0,0,0,2,\"\"\n";
    solutions = read_sl(wide, strlen(wide));
    assert_int_equal(fpl_solution_fit(solutions, 0, model, NULL, balance), FPL_FIT_SHAPE);
    fpl_solutions_free(solutions);
    fpl_model_free(model);
}

static void new_sets_have_the_usual_layout(void **state)
{
    (void)state;
    static const char due[] = HEAD " 2 \n\n\" 2 3\",123456789012345678901,0,0,-4,\"\"\n"
                                   "\" 1 1\",0,-3,1,7,\"it's 'so' now\"\n";
    const uint16_t first[] = {1, 2}, second[] = {0, 0};
    fpl_solutions *solutions = NULL;
    fpl_error error = {0};
    assert_int_equal(fpl_solutions_new(2, &solutions, NULL), FPL_OK);
    const fpl_solution a = {.z = first, .weight = "123456789012345678901", .tis = -4};
    const fpl_solution b = {.z = second,
                            .consistency = -3,
                            .fourth = "1",
                            .tis = 7,
                            .text = "it's \"so\"\nnow"};
    const fpl_solution wrong = {.z = second, .weight = "1e9"};
    assert_int_equal(fpl_solutions_add(solutions, &a, NULL), FPL_OK);
    assert_int_equal(fpl_solutions_add(solutions, &b, NULL), FPL_OK);
    assert_int_equal(fpl_solutions_add(solutions, &wrong, &error), FPL_E_ARGUMENT);
    assert_string_equal(error.message, "'1e9' is no weight; decimal digits are");
    expect_text(solutions, due, strlen(due));
    fpl_solutions_free(solutions);
    assert_int_equal(fpl_solutions_new(0, &solutions, NULL), FPL_E_ARGUMENT);
}

static void rows_can_be_added_to_a_file(void **state)
{
    (void)state;
    static const char text[] = HEAD " 1 \n\n\" 1 2\",0,0,0,1,\"\"";
    static const char due[] = HEAD
        " 2 \n\n\" 1 2\",0,0,0,1,\"\"\n\" 2 2\",0,0,0,0,\"\"\n";
    const uint16_t z[] = {1, 1};
    const fpl_solution row = {.z = z};
    fpl_solutions *solutions = read_sl(text, strlen(text));
    assert_int_equal(fpl_solutions_add(solutions, &row, NULL), FPL_OK);
    assert_int_equal(fpl_solutions_get(solutions, 1)->line, 0);
    expect_text(solutions, due, strlen(due));
    fpl_solutions_free(solutions);
}

static void clipped_weights_are_seen(void **state)
{
    (void)state;
    static const struct {
        const char *weight;
        bool clipped;
    } cases[] = {
        {"0", false},
        {"7716891", false},
        {"16777215", false},
        {"16777216", true},
        {"16777217", false},
        {"16777218", true},
        {"0016777216", true},
        {"33554433", false},
        {"33554436", true},
        {"1.677722E+07", true},
        {"123456700", true},
        {"123456789", false},
        {"9007199254740993", false},
        {"9007199254740992", true},
        {"123456789012345678901234567890123456789012", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const fpl_solution row = {.weight = cases[i].weight};
        if (fpl_solution_weight_is_clipped(&row) != cases[i].clipped)
            fail_msg("%s", cases[i].weight);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read),
        cmocka_unit_test(files_come_back_byte_for_byte),
        cmocka_unit_test(published_files_come_back_and_fit_their_models),
        cmocka_unit_test(misfits_are_told_apart),
        cmocka_unit_test(new_sets_have_the_usual_layout),
        cmocka_unit_test(rows_can_be_added_to_a_file),
        cmocka_unit_test(clipped_weights_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
