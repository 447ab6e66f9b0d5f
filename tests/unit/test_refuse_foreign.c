/* Every input under tests/refuse/{scw,sl,csv,csv-list} is refused with the message due.
 */
#include "support/check.h"
#include "support/refuse.h"

#include <fahrplan/solutions.h>

static fpl_status read_as(fpl_format format, const char *text, size_t size,
                          const char *name, fpl_model **model, fpl_error *error)
{
    const fpl_load_options options = {.format = format};
    return fpl_model_read(text, size, name, &options, model, error);
}

static fpl_status read_scw(const char *text, size_t size, const char *name,
                           fpl_model **model, fpl_error *error)
{
    return read_as(FPL_FORMAT_SCW, text, size, name, model, error);
}

static fpl_status read_csv(const char *text, size_t size, const char *name,
                           fpl_model **model, fpl_error *error)
{
    return read_as(FPL_FORMAT_CSV, text, size, name, model, error);
}

static fpl_status read_list(const char *text, size_t size, const char *name,
                            fpl_model **model, fpl_error *error)
{
    return read_as(FPL_FORMAT_CSV_LIST, text, size, name, model, error);
}

/* Gives solutions instead of a model: none of them is kept. */
static fpl_status read_sl(const char *text, size_t size, const char *name,
                          fpl_model **model, fpl_error *error)
{
    (void)model;
    fpl_solutions *solutions = NULL;
    fpl_status status = fpl_solutions_read(text, size, name, &solutions, error);
    fpl_solutions_free(solutions);
    return status;
}

static void projects_are_refused_with_the_message_due(void **state)
{
    (void)state;
    refuse_all("tests/refuse/scw", ".scw", read_scw, 30);
}

static void solution_files_are_refused_with_the_message_due(void **state)
{
    (void)state;
    refuse_all("tests/refuse/sl", ".sl", read_sl, 20);
}

static void matrices_are_refused_with_the_message_due(void **state)
{
    (void)state;
    refuse_all("tests/refuse/csv", ".csv", read_csv, 20);
}

static void lists_are_refused_with_the_message_due(void **state)
{
    (void)state;
    refuse_all("tests/refuse/csv-list", ".csv", read_list, 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(projects_are_refused_with_the_message_due),
        cmocka_unit_test(solution_files_are_refused_with_the_message_due),
        cmocka_unit_test(matrices_are_refused_with_the_message_due),
        cmocka_unit_test(lists_are_refused_with_the_message_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
