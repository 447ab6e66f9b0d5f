/* The canonical layout, and what happens to comments. */
#include "support/check.h"

#include <fahrplan/io.h>

static char *format(const char *text)
{
    char *formatted = NULL;
    fpl_error error = {0};
    if (fpl_yaml_format(text, strlen(text), "test", &formatted, NULL, &error) != FPL_OK)
        fail_msg("%d:%d: %s", error.mark.line, error.mark.column, error.message);
    return formatted;
}

static void expect_format(const char *text, const char *expected)
{
    char *once = format(text);
    assert_string_equal(once, expected);
    char *twice = format(once);
    assert_string_equal(twice, expected);
    fpl_string_free(once);
    fpl_string_free(twice);
}

static void keys_stand_in_the_order_of_the_table(void **state)
{
    (void)state;
    expect_format("fahrplan: 1\n"
                  "x-own: {b: \"2\", a: 1}\n"
                  "descriptors:\n"
                  "- {variants: [{name: 'yes', id: a1}], id: A}\n"
                  "title: \"Wärme\"\n",
                  "fahrplan: 1\n"
                  "title: Wärme\n"
                  "\n"
                  "descriptors:\n"
                  "  - id: A\n"
                  "    variants:\n"
                  "      - {id: a1, name: \"yes\"}\n"
                  "\n"
                  "x-own: {b: \"2\", a: 1}\n");
}

static void scores_are_a_matrix(void **state)
{
    (void)state;
    expect_format(
        "fahrplan: 1\n"
        "impacts: [{to: B, from: A, scores: {long: [3,-1.5], s: [-10, 0], z: []}}]\n",
        "fahrplan: 1\n"
        "\n"
        "impacts:\n"
        "  - from: A\n"
        "    to: B\n"
        "    scores:\n"
        "      long: [  3, -1.5]\n"
        "      s:    [-10,    0]\n"
        "      z:    []\n");
}

static void comments_stay_with_what_they_stand_beside(void **state)
{
    (void)state;
    expect_format("# licence\n"
                  "\n"
                  "fahrplan: 1 # version\n"
                  "scale: 3    # wide\n"
                  "# the title\n"
                  "title: 'a # b'   # of the model\n"
                  "descriptors:   # all\n"
                  "  # first\n"
                  "  - variants: # two\n"
                  "      - {id: a1} # one\n"
                  "      - {id: a2, # inside\n"
                  "         lag: 1}\n"
                  "      # no more\n"
                  "    id: A\n"
                  "    # end of A\n"
                  "  - id: B # second\n"
                  "    variants: [{id: b1}]\n"
                  "# the end\n",
                  "# licence\n"
                  "\n"
                  "fahrplan: 1  # version\n"
                  "# the title\n"
                  "title: \"a # b\"  # of the model\n"
                  "scale: 3  # wide\n"
                  "\n"
                  "descriptors:  # all\n"
                  "  # first\n"
                  "  - id: A\n"
                  "    variants:  # two\n"
                  "      - {id: a1}  # one\n"
                  "      - id: a2  # inside\n"
                  "        lag: 1\n"
                  "      # no more\n"
                  "    # end of A\n"
                  "  - id: B  # second\n"
                  "    variants:\n"
                  "      - {id: b1}\n"
                  "# the end\n");
}

static void hashes_in_texts_are_no_comments(void **state)
{
    (void)state;
    expect_format("fahrplan: 1\n"
                  "title: \"say \\\"#1\\\" # twice\"\n"
                  "summary: |  # head\n"
                  "  one # not\n"
                  "\n"
                  "  two\n"
                  "question: \"it's#1\"\n",
                  "fahrplan: 1\n"
                  "title: \"say \\\"#1\\\" # twice\"\n"
                  "summary: |  # head\n"
                  "  one # not\n"
                  "\n"
                  "  two\n"
                  "question: it's#1\n");
}

static void long_texts_are_folded(void **state)
{
    (void)state;
    char text[400] = "fahrplan: 1\ntitle: ";
    for (int i = 0; i < 12; i++) strcat(text, i == 0 ? "word-00001" : " word-00002");
    char *once = format(text);
    assert_non_null(strstr(once, "title: >-\n  word-00001"));
    for (const char *line = once; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        assert_true(strcspn(line, "\n") <= 100);
    }
    fpl_string_free(once);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_stand_in_the_order_of_the_table),
        cmocka_unit_test(scores_are_a_matrix),
        cmocka_unit_test(comments_stay_with_what_they_stand_beside),
        cmocka_unit_test(hashes_in_texts_are_no_comments),
        cmocka_unit_test(long_texts_are_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
