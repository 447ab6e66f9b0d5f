/* One judgement group changed in place: what changes, and that nothing else does. */
#include "support/check.h"

#include <fahrplan/io.h>

#define HEAD                                                                             \
    "fahrplan: 1 # Größe\n"                                                            \
    "descriptors:\n"                                                                     \
    "  - {id: A, variants: [{id: a1}, {id: a22}]}\n"                                     \
    "  - {id: B, variants: [{id: b1}, {id: b2}]}\n"

static fpl_status set(const char *text, const char *from, const char *variant,
                      const char *to, const fpl_decimal *scores, int n, char **edited,
                      fpl_error *error)
{
    return fpl_yaml_set_scores(text, strlen(text), "test", from, variant, to, scores, n,
                               edited, NULL, error);
}

/* The row of `variant` of A on B becomes -2, 1.5. */
static void expect_edit(const char *before, const char *variant, const char *after)
{
    static const fpl_decimal scores[] = {{-2, 0}, {15, 1}};
    char *edited = NULL;
    fpl_error error = {0};
    if (set(before, "A", variant, "B", scores, 2, &edited, &error) != FPL_OK)
        fail_msg("%s", error.message);
    assert_string_equal(edited, after);
    fpl_string_free(edited);
}

static void only_the_numbers_change(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts:\n"
                     "- from: A   # odd layout\n"
                     "  to: B\n"
                     "  scores:\n"
                     "      a1:  [  3,  -1 ]  # why\n"
                     "      a22: [ -3,   1 ]\n",
                "a1",
                HEAD "impacts:\n"
                     "- from: A   # odd layout\n"
                     "  to: B\n"
                     "  scores:\n"
                     "      a1:  [ -2, 1.5 ]  # why\n"
                     "      a22: [ -3,   1 ]\n");
}

static void equal_numbers_are_left_as_they_are(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts: [{from: A, to: B, scores: {a1: [-2.0, 0]}}]\n", "a1",
                HEAD "impacts: [{from: A, to: B, scores: {a1: [-2.0, 1.5]}}]\n");
}

static void numbers_grow_where_there_is_no_room(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts: [{from: A, to: B, scores: {a1: [3,1]}}]\n", "a1",
                HEAD "impacts: [{from: A, to: B, scores: {a1: [-2,1.5]}}]\n");
}

static void rows_in_block_style_stay_so(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts:\n"
                     "  - from: A\n"
                     "    to: B\n"
                     "    scores:\n"
                     "      a1:\n"
                     "      - 3 # a\n"
                     "      - 1 # b\n",
                "a1",
                HEAD "impacts:\n"
                     "  - from: A\n"
                     "    to: B\n"
                     "    scores:\n"
                     "      a1:\n"
                     "      - -2 # a\n"
                     "      - 1.5 # b\n");
}

static void a_missing_row_is_added_like_its_neighbour(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts:\n"
                     "  - from: A\n"
                     "    to: B\n"
                     "    scores:\n"
                     "      a1:  [ 3,   0]  # why\n"
                     "    note: x\n",
                "a22",
                HEAD "impacts:\n"
                     "  - from: A\n"
                     "    to: B\n"
                     "    scores:\n"
                     "      a1:  [ 3,   0]  # why\n"
                     "      a22: [-2, 1.5]\n"
                     "    note: x\n");
    expect_edit(HEAD "impacts: [{from: A, to: B, scores: {}}]", "a22",
                HEAD "impacts: [{from: A, to: B, scores: {a22: [-2, 1.5]}}]");
}

#define SECTION                                                                          \
    "- from: A\n"                                                                        \
    "  to: B\n"                                                                          \
    "  scores:\n"                                                                        \
    "    a1: [-2, 1.5]\n"

static void a_missing_section_is_added(void **state)
{
    (void)state;
    expect_edit(HEAD "impacts:\n"
                     "- {from: B, to: A, scores: {b1: [1, 1]}} # last\n"
                     "\n"
                     "scale: 3\n",
                "a1",
                HEAD "impacts:\n"
                     "- {from: B, to: A, scores: {b1: [1, 1]}} # last\n" SECTION "\n"
                     "scale: 3\n");
    expect_edit(HEAD "impacts: []\n", "a1",
                HEAD "impacts: [{from: A, to: B, scores: {a1: [-2, 1.5]}}]\n");
    expect_edit(HEAD "scale: 3", "a1",
                HEAD "scale: 3\n"
                     "impacts:\n"
                     "  - from: A\n"
                     "    to: B\n"
                     "    scores:\n"
                     "      a1: [-2, 1.5]\n");
}

static void line_ends_stay(void **state)
{
    (void)state;
    expect_edit("fahrplan: 1\r\n"
                "descriptors: [{id: A, variants: [{id: a1}]},\r\n"
                "  {id: B, variants: [{id: b1}, {id: b2}]}]\r\n",
                "a1",
                "fahrplan: 1\r\n"
                "descriptors: [{id: A, variants: [{id: a1}]},\r\n"
                "  {id: B, variants: [{id: b1}, {id: b2}]}]\r\n"
                "impacts:\r\n"
                "  - from: A\r\n"
                "    to: B\r\n"
                "    scores:\r\n"
                "      a1: [-2, 1.5]\r\n");
}

static void names_and_numbers_are_checked(void **state)
{
    (void)state;
    static const fpl_decimal scores[] = {{1, 0}, {2, 0}, {3, 0}};
    char *edited = NULL;
    fpl_error error = {0};
    assert_int_equal(set(HEAD, "AA", "a1", "B", scores, 2, &edited, &error), FPL_E_MODEL);
    assert_string_equal(error.message, "there is no descriptor 'AA'");
    assert_int_equal(set(HEAD, "A", "a2", "B", scores, 2, &edited, &error), FPL_E_MODEL);
    assert_string_equal(error.note, "did you mean 'a1'?");
    assert_int_equal(set(HEAD, "A", "a1", "B", scores, 3, &edited, &error),
                     FPL_E_ARGUMENT);
    assert_int_equal(set("fahrplan: [\n", "A", "a1", "B", scores, 2, &edited, &error),
                     FPL_E_SYNTAX);
    assert_null(edited);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_numbers_change),
        cmocka_unit_test(equal_numbers_are_left_as_they_are),
        cmocka_unit_test(numbers_grow_where_there_is_no_room),
        cmocka_unit_test(rows_in_block_style_stay_so),
        cmocka_unit_test(a_missing_row_is_added_like_its_neighbour),
        cmocka_unit_test(a_missing_section_is_added),
        cmocka_unit_test(line_ends_stay),
        cmocka_unit_test(names_and_numbers_are_checked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
