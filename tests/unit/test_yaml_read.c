/* Reading native texts: what content says, and where it stands. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "support/check.h"

#include <fahrplan/io.h>

#include <sys/stat.h>
#include <unistd.h>

#define HEAD "fahrplan: 1\n"
#define TWO                                                                              \
    "descriptors:\n"                                                                     \
    "  - {id: A, variants: [{id: a1}, {id: a2}]}\n"                                      \
    "  - {id: B, kind: choice, ordered: yes, variants: [{id: b1}, {id: b2, lag: 2}]}\n"

static fpl_model *read_model(const char *text)
{
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, strlen(text), "test", NULL, &model, &error) != FPL_OK)
        fail_msg("%d:%d: %s", error.mark.line, error.mark.column, error.message);
    return model;
}

static void texts_and_numbers_arrive(void **state)
{
    (void)state;
    fpl_model *model = read_model(HEAD
                                  "title: {en: Heat, de: Wärme}\n"
                                  "summary: no\n"
                                  "question: null\n"
                                  "scale: 5\n"
                                  "hindsight: true\n" TWO "impacts:\n"
                                  "  - from: A\n"
                                  "    to: B\n"
                                  "    scores: {a1: [+1.50, -2]}\n"
                                  "    because: {a1: {why: so, at: [28, \"8(a)\"]}}\n"
                                  "hedges: [{words: likely, low: 0.6, high: 9e-1}]\n");
    const fpl_content *content = fpl_model_content(model);
    assert_string_equal(fpl_text_in(&content->title, "de"), "Wärme");
    assert_string_equal(fpl_text_in(&content->summary, "de"),
                        "no"); /* a text, not a truth value */
    assert_int_equal(content->question.n, 0);
    assert_true(content->scale.stated && content->scale.value == 5);
    assert_int_equal(content->hindsight, FPL_YES);
    assert_int_equal(content->descriptors.items[1].ordered, FPL_YES);
    assert_int_equal(content->descriptors.items[1].variants.items[1].lag, 2);
    assert_int_equal(fpl_model_denominator(model), 10);
    assert_int_equal(fpl_model_judgement(model, 0, 0, 1, 0), 15);
    assert_int_equal(fpl_model_judgement(model, 0, 0, 1, 1), -20);
    assert_string_equal(content->impacts.items[0].because.items[0].at.items[0], "28");
    assert_string_equal(content->impacts.items[0].because.items[0].at.items[1], "8(a)");
    assert_true(content->hedges.items[0].high.value > 0.89);
    fpl_model_free(model);
}

static void keys_of_the_author_are_kept(void **state)
{
    (void)state;
    fpl_model *model = read_model(HEAD "x-own: {a: 1, b: \"1\",\n  c: [~, z]}\n" TWO);
    const fpl_head *head = &fpl_model_content(model)->head;
    assert_int_equal(head->extras.n, 1);
    assert_string_equal(head->extras.items[0].key, "x-own");
    assert_string_equal(head->extras.items[0].value, "{a: 1, b: \"1\", c: [~, z]}");
    fpl_model_free(model);
}

static void expect_mark(fpl_mark mark, int line, int column, int width)
{
    assert_int_equal(mark.line, line);
    assert_int_equal(mark.column, column);
    assert_int_equal(mark.width, width);
}

static void marks_count_characters(void **state)
{
    (void)state;
    fpl_model *model = read_model(
        "\xEF\xBB\xBF" HEAD TWO
        "exclusions: [{because: 'Größe', when: \"A=a1 and B=b1\"}]\n"
        "measures:\n"
        "  - name: Ä\n"
        "    id: m1\n"
        "    level: 'b2'\n"
        "level: B\n");
    const fpl_content *content = fpl_model_content(model);
    expect_mark(content->exclusions.items[0].when.mark, 5, 40, 13); /* behind the quote */
    expect_mark(content->measures.items[0].head.mark, 8, 9, 2); /* where its id stands */
    expect_mark(content->measures.items[0].level.mark, 9, 13, 2);
    expect_mark(content->level.mark, 10, 8, 1);
    expect_mark(content->descriptors.items[1].variants.items[1].head.mark, 4, 67, 2);
    fpl_model_free(model);
}

static void write_text(const char *path, const char *text)
{
    assert_int_equal(fpl_file_write(path, text, strlen(text), NULL), FPL_OK);
}

#define WITH_FILE HEAD "observations: sub/seen.yaml\n" TWO
#define SEEN                                                                             \
    HEAD "title: Seen\n"                                                                 \
         "observations:\n"                                                               \
         "  - {id: o1, date: 2024-05, text: x, observes: {B: b1}}\n"

static void observations_stand_in_a_file_beside_the_model(void **state)
{
    (void)state;
    char folder[] = "yaml-test-XXXXXX", model_path[64], sub[64], seen[64];
    assert_non_null(mkdtemp(folder));
    snprintf(model_path, sizeof model_path, "%s/m.fahrplan.yaml", folder);
    snprintf(sub, sizeof sub, "%s/sub", folder);
    snprintf(seen, sizeof seen, "%s/sub/seen.yaml", folder);
    assert_int_equal(mkdir(sub, 0700), 0);
    fpl_model *model = NULL;
    fpl_error error = {0};
    write_text(model_path, WITH_FILE);
    assert_int_equal(fpl_model_load(model_path, NULL, &model, &error), FPL_E_IO);
    assert_string_equal(error.file, seen);

    write_text(seen, SEEN);
    assert_int_equal(fpl_model_load(model_path, NULL, &model, &error), FPL_OK);
    assert_int_equal(fpl_model_content(model)->observations.n, 1);
    assert_int_equal(fpl_model_content(model)->observations.items[0].head.mark.file, 1);
    assert_int_equal(fpl_model_content(model)->title.n, 0);
    fpl_model_free(model);

    write_text(seen, SEEN "  - {id: o2, date: 2024-05, observes: {B: b7}}\n");
    assert_int_equal(fpl_model_load(model_path, NULL, &model, &error), FPL_E_MODEL);
    assert_string_equal(error.file, seen); /* a name that does not resolve */
    assert_int_equal(error.mark.line, 5);

    write_text(seen, SEEN "scale: 3\n");
    assert_int_equal(fpl_model_load(model_path, NULL, &model, &error), FPL_E_SYNTAX);
    assert_string_equal(error.file, seen);
    unlink(seen);
    unlink(model_path);
    rmdir(sub);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_and_numbers_arrive),
        cmocka_unit_test(keys_of_the_author_are_kept),
        cmocka_unit_test(marks_count_characters),
        cmocka_unit_test(observations_stand_in_a_file_beside_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
