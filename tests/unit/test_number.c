/* Numbers in files: what counts as one, and that their shortest forms come back. */
#include "support/check.h"

#include "base/rng.h"
#include "io/number.h"

#include <locale.h>
#include <math.h>

static void only_numbers_are_numbers(void **state)
{
    (void)state;
    static const char *const refused[] = {"",     "-",     "+",   ".5",  "5.",   "1e",
                                          "0x10", " 1",    "1 ",  "1,5", "nan",  "inf",
                                          "1e+",  "1.2.3", "--1", "1_0", "1e999"};
    double real;
    int whole;
    fpl_decimal decimal;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_false(fpli_real_parse(refused[i], &real));
        assert_false(fpli_integer_parse(refused[i], &whole));
        assert_false(fpli_decimal_parse(refused[i], &decimal));
    }
    assert_true(fpli_integer_parse("-2147483648", &whole) && whole == INT32_MIN);
    assert_false(fpli_integer_parse("2147483648", &whole));
    assert_true(fpli_real_parse("-1.5e-3", &real) && real == -0.0015);
    assert_true(fpli_decimal_parse("+0.5000", &decimal));
    assert_true(decimal.value == 5 && decimal.places == 1);
    assert_true(fpli_decimal_parse("-2147483647", &decimal) &&
                decimal.value == -2147483647);
    assert_false(fpli_decimal_parse("2147483648", &decimal));
    assert_false(fpli_decimal_parse("0.00001", &decimal));
}

static void expect_decimal(fpl_decimal value, const char *expected)
{
    char text[FPLI_NUMBER_TEXT];
    fpli_decimal_text(value, text);
    assert_string_equal(text, expected);
}

static void decimals_are_exact_and_short(void **state)
{
    (void)state;
    expect_decimal((fpl_decimal){-5, 1}, "-0.5");
    expect_decimal((fpl_decimal){1500, 3}, "1.5");
    expect_decimal((fpl_decimal){0, 2}, "0");
    expect_decimal((fpl_decimal){10001, 4}, "1.0001");
    expect_decimal((fpl_decimal){INT32_MIN, 0}, "-2147483648");
}

static void reals_come_back(void **state)
{
    (void)state;
    fpli_rng rng;
    fpli_rng_start(&rng, 1, "reals");
    for (int i = 0; i < 2000; i++) {
        char text[FPLI_NUMBER_TEXT];
        const double value = ldexp(fpli_rng_unit(&rng) - 0.5,
                                   (int)fpli_rng_below(&rng, 60) - 30);
        double back = 0;
        fpli_real_text(value, text);
        assert_true(fpli_real_parse(text, &back));
        assert_true(back == value);
    }
    char text[FPLI_NUMBER_TEXT];
    fpli_real_text(0.1, text);
    assert_string_equal(text, "0.1");
}

static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
                                        "de_DE"};
    bool found = false;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
        found = setlocale(LC_NUMERIC, names[i]) != NULL;
    if (!found) skip();
    char text[FPLI_NUMBER_TEXT];
    double real = 0;
    fpli_real_text(1.5, text);
    const bool read = fpli_real_parse("2.25", &real);
    setlocale(LC_NUMERIC, "C");
    assert_string_equal(text, "1.5");
    assert_true(read && real == 2.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_numbers_are_numbers),
        cmocka_unit_test(decimals_are_exact_and_short),
        cmocka_unit_test(reals_come_back),
        cmocka_unit_test(the_locale_does_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
