/* The writers: one small tree with its text, JSON and CSV beside it, and names that would like to
 * break lines, tables or terminals. */
#include "support/check.h"

#include "output/width.h"

#include <fahrplan/document.h>

#include <jansson.h>

/* A count, a list, a table with a joined column; all that most results are made of. */
static fpl_document *small_document(void)
{
    fpl_document *d = NULL;
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_document_provenance(d, "seed", fpl_value_int(d, 7));
    fpl_section *root = fpl_document_root(d);
    fpl_count count = {0};
    assert_int_equal(fpl_count_set(&count, 102036672), FPL_OK);
    fpl_section_field(root, "space", "Space", fpl_value_count(d, &count));
    fpl_count_clear(&count);
    fpl_section_field(root, "mean", "Mean", fpl_value_fraction(d, -3, 2));
    fpl_section *part = fpl_section_add(root, "part", "A part");
    fpl_table *t = fpl_section_table(part, "rows", NULL);
    fpl_table_column(t, "driver", "Driver", FPL_COLUMN_JOIN);
    fpl_table_column(t, "levels", "Levels", FPL_COLUMN_PLAIN);
    fpl_table_column(t, "tension", "Tension", FPL_COLUMN_RIGHT);
    for (int i = 0; i < 2; i++) {
        fpl_value *levels = fpl_value_list(d);
        fpl_value_append(levels, fpl_value_text(d, "L1"));
        if (i == 1) fpl_value_append(levels, fpl_value_text(d, "L2"));
        fpl_table_row(t);
        fpl_table_cell(t, fpl_value_text(d, "calm"));
        fpl_table_cell(t, levels);
        fpl_table_cell(t, fpl_value_int(d, i * 12));
    }
    fpl_section_next(root, "fahrplan run m.yaml", "What it says");
    assert_int_equal(fpl_document_status(d), FPL_OK);
    return d;
}

static char *write_as(const fpl_document *d, fpl_output_options options)
{
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(fpl_document_write(d, &options, &text, &size, NULL), FPL_OK);
    assert_int_equal(strlen(text), size);
    return text;
}

static void expect(const fpl_document *d, fpl_output_options options, const char *due)
{
    char *text = write_as(d, options);
    assert_string_equal(text, due);
    fpl_string_free(text);
}

static void text_aligns_joins_and_rules(void **state)
{
    (void)state;
    fpl_document *d = small_document();
    expect(d, (fpl_output_options){.ascii = true},
           "Space  102 036 672\n"
           "Mean   -1.5\n"
           "\n"
           "A part\n"
           "\n"
           "  Driver  Levels  Tension\n"
           "  -----------------------\n"
           "  calm    L1            0\n"
           "          L1, L2       12\n"
           "\n"
           "> What it says: fahrplan run m.yaml\n");
    fpl_document_free(d);
}

static void german_text_has_a_decimal_comma_and_programs_do_not(void **state)
{
    (void)state;
    fpl_document *d = small_document();
    char *text = write_as(d, (fpl_output_options){.language = "de"});
    assert_non_null(strstr(text, "102\xE2\x80\xAF"
                                 "036\xE2\x80\xAF"
                                 "672")); /* U+202F */
    assert_non_null(strstr(text, "\xE2\x88\x92"
                                 "1,5")); /* U+2212 */
    fpl_string_free(text);
    text = write_as(d, (fpl_output_options){.output = FPL_OUTPUT_JSON, .language = "de"});
    assert_non_null(strstr(text, "\"mean\": -1.5"));
    fpl_string_free(text);
    fpl_document_free(d);
}

static void json_keeps_order_and_writes_counts_as_digits(void **state)
{
    (void)state;
    fpl_document *d = small_document();
    expect(d, (fpl_output_options){.output = FPL_OUTPUT_JSON},
           "{\n"
           "  \"format\": \"fahrplan-test\",\n"
           "  \"version\": 1,\n"
           "  \"provenance\": {\n"
           "    \"seed\": 7\n"
           "  },\n"
           "  \"complete\": true,\n"
           "  \"space\": \"102036672\",\n"
           "  \"mean\": -1.5,\n"
           "  \"part\": {\n"
           "    \"rows\": [\n"
           "      {\n"
           "        \"driver\": \"calm\",\n"
           "        \"levels\": [\"L1\"],\n"
           "        \"tension\": 0\n"
           "      },\n"
           "      {\n"
           "        \"driver\": \"calm\",\n"
           "        \"levels\": [\"L1\", \"L2\"],\n"
           "        \"tension\": 12\n"
           "      }\n"
           "    ]\n"
           "  }\n"
           "}\n");
    fpl_document_free(d);
}

static void csv_repeats_what_text_joins(void **state)
{
    (void)state;
    fpl_document *d = small_document();
    expect(d, (fpl_output_options){.output = FPL_OUTPUT_CSV},
           "driver,levels,tension\r\ncalm,L1,0\r\ncalm,L1 L2,12\r\n");
    fpl_document_free(d);
}

static void every_writer_says_that_a_result_is_partial(void **state)
{
    (void)state;
    fpl_document *d = small_document();
    fpl_document_stopped(d, FPL_STOPPED_TIME, "the time limit passed");
    char *text = write_as(d, (fpl_output_options){.output = FPL_OUTPUT_TEXT});
    assert_memory_equal(text, "stopped: the time limit passed\n", 31);
    fpl_string_free(text);
    text = write_as(
        d, (fpl_output_options){.output = FPL_OUTPUT_JSON, .no_provenance = true});
    assert_non_null(strstr(text, "\"complete\": false,\n  \"stopped\": \"time\""));
    assert_null(strstr(text, "provenance"));
    fpl_string_free(text);
    expect(
        d, (fpl_output_options){.output = FPL_OUTPUT_CSV},
        "driver,levels,tension,complete\r\ncalm,L1,0,false\r\ncalm,L1 L2,12,false\r\n");
    fpl_document_free(d);
}

/* Side by side, equal neighbours once; what does not fit beside each other comes below. */
static void spanning_columns_join_and_fold_into_blocks(void **state)
{
    (void)state;
    fpl_document *d = NULL;
    static const char *const cells[] = {"easing", "easing", "acute",
                                        "acute",  "acute",  "entrenched"};
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_table *t = fpl_section_table(fpl_document_root(d), NULL, NULL);
    fpl_table_column(t, NULL, "Scenario", FPL_COLUMN_WRAP);
    for (int i = 0; i < 6; i++) {
        char head[8];
        snprintf(head, sizeof head, "%d", i + 1);
        fpl_table_column(t, NULL, head, FPL_COLUMN_SPAN);
    }
    fpl_table_row(t);
    fpl_table_cell(t, fpl_value_text(d, "CONF"));
    for (int i = 0; i < 6; i++) fpl_table_cell(t, fpl_value_text(d, cells[i]));
    expect(d, (fpl_output_options){.width = 44, .ascii = true},
           "Scenario  1          2          3\n"
           "------------------------------------------\n"
           "CONF      easing -------------- acute\n"
           "\n"
           "Scenario  4          5          6\n"
           "------------------------------------------\n"
           "CONF      acute --------------- entrenched\n");
    fpl_document_free(d);
}

static const char *const hostile[] = {
    "\"quoted\", and 'so'",
    "<script>alert(1)</script>",
    "\xE2\x80\xAE"
    "right to left\xE2\x80\xAC \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "",
    "two\nlines\r\nand a\ttab",
    "\033[31mred\033[0m \x07 \x7F \xC2\x9B"
    "31m",
    "not utf-8: \xFF\xC3( \xED\xA0\x80",
    "line\xE2\x80\xA8separator",
    "=1+1",
    "Donaudampfschifffahrtsgesellschaftskapit\xC3\xA4nsm\xC3\xBCtzenabzeichenverleihungsu"
    "rkunde",
    "\xE6\xBC\xA2\xE5\xAD\x97\xE6\xBC\xA2\xE5\xAD\x97 e\xCC\x81",
};

enum { N_HOSTILE = sizeof hostile / sizeof *hostile };

static fpl_document *hostile_document(char *long_name)
{
    fpl_document *d = NULL;
    memset(long_name, 'x', 300);
    long_name[300] = '\0';
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_section *root = fpl_document_root(d);
    for (int i = 0; i <= N_HOSTILE; i++) {
        const char *name = i < N_HOSTILE ? hostile[i] : long_name;
        char key[16];
        snprintf(key, sizeof key, "key%d", i);
        fpl_section *section = fpl_section_add(root, key, name);
        fpl_section_say(section, name);
        fpl_section_verbatim(section, i < N_HOSTILE ? "" : "short");
        fpl_section_field(section, "value", "label", fpl_value_text(d, name));
        fpl_table *t = fpl_section_table(section, "table", NULL);
        fpl_table_column(t, "a", i < N_HOSTILE ? name : "A", FPL_COLUMN_WRAP);
        fpl_table_column(t, "b", "B", FPL_COLUMN_RIGHT);
        fpl_table_row(t);
        fpl_table_cell(t, fpl_value_text(d, name));
        fpl_table_cell(t, fpl_value_text(d, name));
    }
    assert_int_equal(fpl_document_status(d), FPL_OK);
    return d;
}

static void hostile_names_do_not_break_text(void **state)
{
    (void)state;
    char long_name[301];
    fpl_document *d = hostile_document(long_name);
    char *text = write_as(d, (fpl_output_options){.width = 80});
    for (char *line = text, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        if (fpli_width(line) > 80) {
            printf("%d columns: %s\n", fpli_width(line), line);
            fail();
        }
        for (const char *c = line; *c != '\0'; c++)
            assert_true((unsigned char)*c >= 0x20 && *c != 0x7F);
        assert_null(strstr(line, "\xE2\x80\xAE")); /* nothing turns the direction */
        assert_null(strstr(line, "\xE2\x80\xA8"));
        assert_null(strstr(line, "\xC2\x9B"));
        assert_null(strstr(line, "\\x"));
    }
    fpl_string_free(text);
    fpl_document_free(d);
}

static void hostile_names_come_back_from_json(void **state)
{
    (void)state;
    char long_name[301];
    fpl_document *d = hostile_document(long_name);
    char *text = write_as(d, (fpl_output_options){.output = FPL_OUTPUT_JSON});
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(root);
    for (int i = 0; i <= N_HOSTILE; i++) {
        char key[16];
        snprintf(key, sizeof key, "key%d", i);
        const char *value = json_string_value(
            json_object_get(json_object_get(root, key), "value"));
        const char *due = i < N_HOSTILE ? hostile[i] : long_name;
        if (i == 6)
            due = "not utf-8: \xEF\xBF\xBD\xEF\xBF\xBD( "
                  "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD";
        assert_string_equal(value, due);
    }
    json_decref(root);
    fpl_string_free(text);
    fpl_document_free(d);
}

static void csv_quotes_what_needs_it(void **state)
{
    (void)state;
    fpl_document *d = NULL;
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_section_field(fpl_document_root(d), "a,b", NULL,
                      fpl_value_text(d, "say \"no\"\nor yes"));
    fpl_section_field(fpl_document_root(d), "empty", NULL, fpl_value_null(d));
    expect(d, (fpl_output_options){.output = FPL_OUTPUT_CSV},
           "key,value\r\n\"a,b\",\"say \"\"no\"\"\nor yes\"\r\nempty,\r\n");
    fpl_document_free(d);
}

static const char *shout(void *context, const char *message)
{
    (void)context;
    return strcmp(message, "yes") == 0 ? "JA" : message;
}

static void words_come_from_the_caller(void **state)
{
    (void)state;
    fpl_document *d = NULL;
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_section_field(fpl_document_root(d), "a", "A", fpl_value_bool(d, true));
    expect(d, (fpl_output_options){.translate = shout}, "A  JA\n");
    fpl_document_free(d);
}

static void colours_only_when_asked(void **state)
{
    (void)state;
    fpl_document *d = NULL;
    assert_int_equal(fpl_document_new("fahrplan-test", &d, NULL), FPL_OK);
    fpl_value *value = fpl_value_tone(fpl_value_text(d, "open"), FPL_TONE_ALERT);
    fpl_section_field(fpl_document_root(d), "a", "A", value);
    expect(d, (fpl_output_options){.width = 80}, "A  open\n");
    expect(d, (fpl_output_options){.color = true}, "A  \033[31mopen\033[0m\n");
    fpl_document_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_aligns_joins_and_rules),
        cmocka_unit_test(german_text_has_a_decimal_comma_and_programs_do_not),
        cmocka_unit_test(json_keeps_order_and_writes_counts_as_digits),
        cmocka_unit_test(csv_repeats_what_text_joins),
        cmocka_unit_test(every_writer_says_that_a_result_is_partial),
        cmocka_unit_test(spanning_columns_join_and_fold_into_blocks),
        cmocka_unit_test(hostile_names_do_not_break_text),
        cmocka_unit_test(hostile_names_come_back_from_json),
        cmocka_unit_test(csv_quotes_what_needs_it),
        cmocka_unit_test(words_come_from_the_caller),
        cmocka_unit_test(colours_only_when_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
