/* Reading and writing foreign formats while each allocation fails in turn: "no memory",
 * nothing leaks, nothing is half done. (libyaml allocates by itself; those failures look
 * the same to us.) */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan/solutions.h>

static const char project[] =
    "$ ScenarioWizard 4.0 \r\nK\xE4lte\r\n&Heat\r\n -low\r\n - high\r\n&\r\n -\r\n#\r\n"
    "&H\r\n \r\n \r\n&\r\n "
    "\r\n#\r\nodd\r\n#\r\nFFFFFF\r\n0072b2\r\nFFFFFF\r\n#\r\n5\r\n#\r\n"
    " 0 , 0 , 2 \r\n0,0,-2\r\n 1 ,-1 , 0 \r\n#\r\n# 0-0\r\n\"on\r\ntwo \"lines\"\"\r\n"
    "# H\r\n\"text\"\r\n#";

static const char square[] =
    "sep=;\n;;A. Heat;;B\n;;low;\"hi \"\"gh\"\"\";x\nA. Heat;low;;;1,5\n"
    ";\"hi \"\"gh\"\"\";;;-1,5\nB;x;1;-1;\n";

static const char list[] =
    "from,from_variant,to,to_variant,score,why,source,at,grade,coder\n"
    "B,b,A 1,a,1,so,the essay,1 2,stated,me\n"
    "B,b,A 1,c,-1,so,the essay,1 2,stated,me\nA 1,c,B,b,2,,,,,\n"
    "A 1,d,B,b,2,,,,,\n";

static const char solutions[] =
    "$ ScenarioWizard 3.0\nSolution set\n 2 \n\n"
    "\" 2 3 2\",4,0,0,15,\"K\xE4lte\"\n\" 1 2 3\",2,0,0,8,\"\"\n";

static const char native[] = "fahrplan: 1\ntitle: {en: a, de: b}\n"
                             "descriptors:\n"
                             "  - {id: A, name: Heat, kind: driver, variants: [{id: a1}, "
                             "{id: a2, color: \"#0072B2\"}]}\n"
                             "  - {id: B, variants: [{id: b1}]}\n"
                             "impacts:\n"
                             "  - {from: B, to: A, scores: {b1: [2, -2]}, note: n, "
                             "because: {b1: {why: so, at: [1, 2]}}}\n"
                             "sources: [{id: s}]\nx-scw: {nothing: known}\n";

static void ignore(void *context, const fpl_error *notice)
{
    (void)context;
    (void)notice;
}

static fpl_status read_and_write(const char *text, fpl_format from, fpl_format to,
                                 fpl_error *error)
{
    const fpl_load_options load = {.format = from, .notice = ignore};
    const fpl_save_options save = {.format = to, .notice = ignore, .decimal_comma = true};
    fpl_model *model = NULL;
    char *written = NULL;
    fpl_status status = fpl_model_read(text, strlen(text), "a", &load, &model, error);
    if (status == FPL_OK) status = fpl_model_write(model, &save, &written, NULL, error);
    if (status == FPL_OK) assert_non_null(written);
    fpl_string_free(written);
    fpl_model_free(model);
    return status;
}

static fpl_status scw_to_scw(fpl_error *error)
{
    return read_and_write(project, FPL_FORMAT_SCW, FPL_FORMAT_SCW, error);
}

static fpl_status yaml_to_scw(fpl_error *error)
{
    return read_and_write(native, FPL_FORMAT_YAML, FPL_FORMAT_SCW, error);
}

static fpl_status csv_to_csv(fpl_error *error)
{
    return read_and_write(square, FPL_FORMAT_CSV, FPL_FORMAT_CSV, error);
}

static fpl_status csv_to_list(fpl_error *error)
{
    return read_and_write(square, FPL_FORMAT_CSV, FPL_FORMAT_CSV_LIST, error);
}

static fpl_status list_to_list(fpl_error *error)
{
    return read_and_write(list, FPL_FORMAT_CSV_LIST, FPL_FORMAT_CSV_LIST, error);
}

static fpl_status yaml_to_csv(fpl_error *error)
{
    return read_and_write(native, FPL_FORMAT_YAML, FPL_FORMAT_CSV, error);
}

static fpl_status sl_to_sl(fpl_error *error)
{
    const uint16_t z[] = {0, 0, 0};
    const fpl_solution row = {.z = z, .weight = "12", .text = "new"};
    fpl_solutions *set = NULL;
    char *written = NULL;
    const size_t size = strlen(solutions);
    fpl_status status = fpl_solutions_read(solutions, size, "a", &set, error);
    if (status == FPL_OK) status = fpl_solutions_add(set, &row, error);
    if (status == FPL_OK) status = fpl_solutions_write(set, &written, NULL, error);
    fpl_string_free(written);
    fpl_solutions_free(set);
    return status;
}

static void each_allocation_fails(void **state)
{
    fpl_status (*const *work)(fpl_error *) = (fpl_status(*const *)(fpl_error *)) * state;
    uint64_t nth = 0, made;
    do { /* libcsv asks for less when it does not get enough: success is no reason to stop
          */
        fpl_error error = {0};
        fpli_mem_fail_at(++nth);
        fpl_status status = (*work)(&error);
        made = fpli_mem_fail_at(0);
        if (status != FPL_OK && (status != FPL_E_MEMORY || error.status != FPL_E_MEMORY))
            fail_msg("allocation %d: %s: %s", (int)nth, fpl_status_text(status),
                     error.message);
        if (made < nth) assert_int_equal(status, FPL_OK);
    } while (made >= nth);
    assert_true(nth > 10);
}

int main(void)
{
    static fpl_status (*const works[])(fpl_error *) = {
        scw_to_scw,   yaml_to_scw, csv_to_csv, csv_to_list,
        list_to_list, yaml_to_csv, sl_to_sl};
    static const char *const names[] = {"scw to scw",  "yaml to scw",  "csv to csv",
                                        "csv to list", "list to list", "yaml to csv",
                                        "sl to sl"};
    struct CMUnitTest tests[sizeof works / sizeof *works];
    for (size_t i = 0; i < sizeof works / sizeof *works; i++)
        tests[i] = (struct CMUnitTest){.name = names[i],
                                       .test_func = each_allocation_fails,
                                       .initial_state = (void *)(uintptr_t)&works[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
