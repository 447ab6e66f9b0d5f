/* Days after durations. */
#include "support/check.h"

#include "base/date.h"

static void days_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *date, *duration, *due;
    } cases[] = {
        {"2024-04-26", "30d", "2024-05-26"}, {"2024-02-28", "1d", "2024-02-29"},
        {"2023-02-28", "1d", "2023-03-01"},  {"2024-12-31", "1w", "2025-01-07"},
        {"2024-01-31", "1m", "2024-03-02"},  {"2024-04-26", "1y", "2025-04-26"},
        {"2024-04-26", "0d", "2024-04-26"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[FPLI_DATE_TEXT];
        assert_true(fpli_date_after(cases[i].date, cases[i].duration, text));
        assert_string_equal(text, cases[i].due);
    }
}

static void others_are_refused(void **state)
{
    (void)state;
    char text[FPLI_DATE_TEXT];
    assert_false(fpli_date_after("2024", "30d", text));
    assert_false(fpli_date_after("2024-04-26x", "30d", text));
    assert_false(fpli_date_after("2024-04-26", "30", text));
    assert_false(fpli_date_after("2024-04-26", "d", text));
    assert_false(fpli_date_after("2024-04-26", "999999999d", text));
    assert_false(fpli_date_after(NULL, "30d", text));
    assert_false(fpli_date_after("2024-04-26", NULL, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_found),
        cmocka_unit_test(others_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
