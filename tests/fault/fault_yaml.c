/* Reading, writing, formatting and editing a native text while each allocation fails in
 * turn: "no memory", and nothing leaks. (libyaml allocates by itself; those failures look
 * the same to us.) */
#include "support/check.h"

#include "base/mem.h"

#include <fahrplan/io.h>

static const char text[] =
    "fahrplan: 1 # one\n"
    "title: {en: Heat, de: Wärme}\n"
    "x-own: {a: [1, 2]}\n"
    "descriptors:\n"
    "  # the first\n"
    "  - {id: A, variants: [{id: a1, name: x}, {id: a2}]}\n"
    "  - id: B\n"
    "    kind: choice\n"
    "    ordered: true\n"
    "    variants: [{id: b1}, {id: b2}]\n"
    "impacts:\n"
    "  - {from: A, to: B, scores: {a1: [1, -1]}, because: {a1: {why: so, at: [1]}}}\n"
    "exclusions: [{when: A=a1 and B=b1}]\n"
    "level: B\n"
    "measures: [{id: m, level: b2, categories: [trade], gate: A=a2, note: x}]\n"
    "hedges: [{words: likely, low: 0.6, high: 0.9}]\n";

static fpl_status read_and_write(fpl_error *error)
{
    fpl_model *model = NULL;
    char *written = NULL;
    const size_t size = strlen(text);
    fpl_status status = fpl_model_read(text, size, "test", NULL, &model, error);
    if (status == FPL_OK) status = fpl_model_write(model, NULL, &written, NULL, error);
    fpl_string_free(written);
    fpl_model_free(model);
    return status;
}

static fpl_status format_and_edit(fpl_error *error)
{
    static const fpl_decimal scores[] = {{2, 0}, {-15, 1}};
    char *formatted = NULL, *edited = NULL, *again = NULL;
    size_t size = 0;
    fpl_status status = fpl_yaml_format(text, strlen(text), "test", &formatted, &size,
                                        error);
    if (status == FPL_OK)
        status = fpl_yaml_set_scores(formatted, size, "test", "A", "a2", "B", scores, 2,
                                     &edited, NULL, error);
    if (status == FPL_OK)
        status = fpl_yaml_set_scores(formatted, size, "test", "B", "b1", "A", scores, 2,
                                     &again, NULL, error);
    fpl_string_free(formatted);
    fpl_string_free(edited);
    fpl_string_free(again);
    return status;
}

static void fail_each(fpl_status (*work)(fpl_error *error))
{
    uint64_t nth = 0;
    fpl_status status;
    do {
        fpl_error error = {0};
        fpli_mem_fail_at(++nth);
        status = work(&error);
        if (status != FPL_OK &&
            (status != FPL_E_MEMORY || error.status != FPL_E_MEMORY)) {
            fpli_mem_fail_at(0);
            fail_msg("allocation %d: %s: %s", (int)nth, fpl_status_text(status),
                     error.message);
        }
    } while (status != FPL_OK);
    fpli_mem_fail_at(0);
    assert_true(nth > 10);
}

static void each_allocation_fails_while_reading_and_writing(void **state)
{
    (void)state;
    fail_each(read_and_write);
}

static void each_allocation_fails_while_formatting_and_editing(void **state)
{
    (void)state;
    fail_each(format_and_edit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_allocation_fails_while_reading_and_writing),
        cmocka_unit_test(each_allocation_fails_while_formatting_and_editing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
