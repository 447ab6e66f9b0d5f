/* Exact counts: known products, digits on both sides of each limb. */
#include "support/check.h"

#include <fahrplan/count.h>

static void expect_digits(const fpl_count *count, const char *expected)
{
    char *digits = NULL;
    assert_int_equal(fpl_count_digits(count, &digits), FPL_OK);
    assert_string_equal(digits, expected);
    fpl_string_free(digits);
}

static void powers_of_ten_print_all_digits(void **state)
{
    (void)state;
    fpl_count count = {0};
    char expected[64] = "1";
    assert_int_equal(fpl_count_set(&count, 1), FPL_OK);
    for (int i = 0; i < 38; i++) {
        expect_digits(&count, expected);
        assert_int_equal(fpl_count_mul_u64(&count, 10), FPL_OK);
        strcat(expected, "0");
    }
    fpl_count_clear(&count);
}

static void zero_is_zero(void **state)
{
    (void)state;
    fpl_count zero = {0}, other = {0};
    expect_digits(&zero, "0");
    assert_int_equal(fpl_count_add(&zero, &other), FPL_OK);
    assert_int_equal(fpl_count_mul(&zero, &zero), FPL_OK);
    expect_digits(&zero, "0");
    assert_int_equal(fpl_count_compare(&zero, &other), 0);
    fpl_count_clear(&zero);
}

static void sums_carry_over_limbs(void **state)
{
    (void)state;
    fpl_count count = {0};
    assert_int_equal(fpl_count_set(&count, UINT64_MAX), FPL_OK);
    assert_int_equal(fpl_count_add_u64(&count, 1), FPL_OK);
    expect_digits(&count, "18446744073709551616");
    assert_int_equal(fpl_count_add(&count, &count), FPL_OK);
    expect_digits(&count, "36893488147419103232");
    fpl_count_clear(&count);
}

static void squares_match_known_values(void **state)
{
    (void)state;
    fpl_count count = {0};
    assert_int_equal(fpl_count_set(&count, UINT64_MAX), FPL_OK);
    assert_int_equal(fpl_count_mul(&count, &count), FPL_OK); /* (2^64 - 1)^2 */
    expect_digits(&count, "340282366920938463426481119284349108225");
    fpl_count_clear(&count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_ten_print_all_digits),
        cmocka_unit_test(zero_is_zero),
        cmocka_unit_test(sums_carry_over_limbs),
        cmocka_unit_test(squares_match_known_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
