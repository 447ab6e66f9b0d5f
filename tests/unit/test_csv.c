/* Tables: shapes, separators, encodings, numbers, and what is written. */
#include "support/check.h"

#include <fahrplan/io.h>

typedef struct heard {
    int n;
    fpl_error last;
} heard;

static void hear(void *context, const fpl_error *notice)
{
    heard *h = context;
    h->n++;
    h->last = *notice;
}

static fpl_model *read_bytes(const char *text, size_t size, fpl_format format, heard *h)
{
    const fpl_load_options options = {format, h == NULL ? NULL : hear, h};
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, size, "a.csv", &options, &model, &error) != FPL_OK)
        fail_msg("%d:%d: %s (%s)\n%s", error.mark.line, error.mark.column, error.message,
                 error.note, text);
    return model;
}

static fpl_model *read_csv(const char *text)
{
    return read_bytes(text, strlen(text), FPL_FORMAT_CSV, NULL);
}

static void expect_written(const fpl_model *model, fpl_format format, char separator,
                           bool comma, const char *due)
{
    const fpl_save_options options = {
        .format = format, .separator = separator, .decimal_comma = comma};
    char *text = NULL;
    fpl_error error = {0};
    if (fpl_model_write(model, &options, &text, NULL, &error) != FPL_OK)
        fail_msg("%s", error.message);
    assert_string_equal(text, due);
    fpl_string_free(text);
}

#define TWO_BY_TWO                                                                       \
    ",,CONF,,LEVEL,\n,,easing,acute,L1,L2\nCONF,easing,,,2,-2\n,acute,,,-2,2\n"          \
    "LEVEL,L1,1,-1,,\n,L2,-1,1,,\n"

/* CONF -> LEVEL 2 -2 / -2 2, LEVEL -> CONF 1 -1 / -1 1. */
static void expect_small(const fpl_model *model)
{
    static const int16_t due[] = {0, 0, 2, -2, 0, 0, -2, 2, 1, -1, 0, 0, -1, 1, 0, 0};
    assert_int_equal(fpl_model_n_descriptors(model), 2);
    assert_int_equal(fpl_model_offset(model, 2), 4);
    assert_string_equal(fpl_model_content(model)->descriptors.items[0].id, "CONF");
    assert_int_equal(fpl_model_find_variant(model, 1, "L2"), 1);
    assert_memory_equal(fpl_model_matrix(model), due, sizeof due);
    assert_null(fpl_model_impact(model, 0, 0));
}

static void all_shapes_of_a_matrix_say_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {
        TWO_BY_TWO,
        ",CONF:easing,CONF:acute,LEVEL:L1,LEVEL:L2\nCONF:easing,0,0,2,-2\nCONF:acute,0,0,"
        "-2,2\n"
        "LEVEL:L1,1,-1,0,0\nLEVEL:L2,-1,1,0,0\n",
        ",CONF.easing,CONF.acute,LEVEL.L1,LEVEL.L2\neasing,0,0,2,-2\nCONF . "
        "acute,0,0,-2,2\n"
        "LEVEL:L1,1,-1,0,0\nLEVEL: L2,-1,1,0,0\n",
        /* two header rows, one label column, and the other way round */
        ",CONF,,LEVEL,\n,easing,acute,L1,L2\neasing,,,2,-2\nacute,,,-2,2\nL1,1,-1,,\n"
        "L2,-1,1\n",
        "x,,easing,acute,L1,L2\nCONF,easing,,,2,-2\nCONF,acute,,,-2,2\nLEVEL,L1,1,-1,,\n"
        ",L2,-1,1,,\n",
        /* descriptors repeated; empty rows and columns; quoted */
        "\n,,CONF,CONF,LEVEL,LEVEL,,\n\"\",,\"easing\",acute,L1,L2,,\n,,,,,,,\nCONF,"
        "easing,,,"
        "\"2\",-2,,\n,acute,,,-2,2\nLEVEL,L1,+1,-1,,\n,L2,-1,1,,\n,,,\n\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fpl_model *model = read_csv(texts[i]);
        expect_small(model);
        expect_written(model, FPL_FORMAT_CSV, 0, false, TWO_BY_TWO);
        fpl_model_free(model);
    }
}

static void variants_may_be_called_by_numbers(void **state)
{
    (void)state;
    fpl_model *model = read_csv(",,A,,2030,\n,,1,2,1,2\nA,1,,,2,-2\n,2,,,-2,2\n"
                                "2030,1,1,-1,,\n,2,-1,1,,\n");
    const fpl_content *content = fpl_model_content(model);
    assert_string_equal(content->descriptors.items[1].id, "D2");
    assert_string_equal(fpl_model_descriptor_name(model, 1, "en"), "2030");
    assert_string_equal(content->descriptors.items[0].variants.items[1].id, "v2");
    assert_int_equal(fpl_model_judgement(model, 1, 1, 0, 0), -1);
    expect_written(
        model, FPL_FORMAT_CSV, 0, false,
        ",,A,,2030,\n,,1,2,1,2\nA,1,,,2,-2\n,2,,,-2,2\n2030,1,1,-1,,\n,2,-1,1,,\n");
    fpl_model_free(model);
}

static void separators_are_told_apart(void **state)
{
    (void)state;
    static const char *const texts[] = {
        /* a decimal comma in every cell: a comma would do as well */
        ";A:x;A:y\nA:x;1,5;-1,5\nA:y;\xE2\x88\x92"
        "2,5;2,5\n",
        "\tA:x\tA:y\r\nA:x\t1.5\t-1,50\r\nA:y\t-2.5\t2.5\r\n",
        "sep=;\n;A:x;A:y\nA:x;1,5;-1.5\nA:y;-2.5;2,5",
        "\"sep=|\"\r\n|A:x|A:y\r\nA:x|1.5|-1.5\r\nA:y|-2.5|2.5\r\n",
        ",A:x,A:y\nA:x,\"1,5\",-1.5\nA:y,-2.5,\"2,5\"\n",
        ",A:x,A:y\rA:x,1.5,-1.5\rA:y,-2.5,2.5\r",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fpl_model *model = read_csv(texts[i]);
        assert_int_equal(fpl_model_denominator(model), 10);
        assert_int_equal(fpl_model_judgement(model, 0, 0, 0, 1), -15);
        assert_int_equal(fpl_model_judgement(model, 0, 1, 0, 0), -25);
        expect_written(model, FPL_FORMAT_CSV, '\t', true,
                       "\t\tA\t\n\t\tx\ty\nA\tx\t1,5\t-1,5\n\ty\t-2,5\t2,5\n");
        expect_written(model, FPL_FORMAT_CSV, ',', true,
                       ",,A,\n,,x,y\nA,x,\"1,5\",\"-1,5\"\n,y,\"-2,5\",\"2,5\"\n");
        fpl_model_free(model);
    }
}

static void encodings_are_told_apart(void **state)
{
    (void)state;
    static const char utf8[] = "\xEF\xBB\xBF,A:\xC3\xA4,A:b\nA:\xC3\xA4,0,1\nA:b,0,0\n";
    static const char windows[] = ",A:\xE4,A:b\nA:\xE4,0,1\nA:b,0,0\n";
    static const char ascii[] = ",A:?,A:b\nA:?,0,1\nA:b,0,0\n";
    char little[200] = "\xFF\xFE", big[200] = "\xFE\xFF";
    for (size_t i = 0; i < strlen(ascii); i++) {
        little[2 + 2 * i] = big[3 + 2 * i] = ascii[i] == '?' ? '\xE4' : ascii[i];
    }
    const struct {
        const char *text;
        size_t size;
        int notices;
    } cases[] = {{utf8, strlen(utf8), 0},
                 {windows, strlen(windows), 1},
                 {little, 2 + 2 * strlen(ascii), 0},
                 {big, 2 + 2 * strlen(ascii), 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        heard h = {0};
        fpl_model *model = read_bytes(cases[i].text, cases[i].size, FPL_FORMAT_CSV, &h);
        assert_string_equal(
            fpl_model_content(model)->descriptors.items[0].variants.items[0].id,
            "\xC3\xA4");
        assert_int_equal(fpl_model_judgement(model, 0, 0, 0, 1), 1);
        assert_int_equal(h.n, cases[i].notices);
        if (h.n == 1) {
            assert_string_equal(h.last.message,
                                "the text is not UTF-8 and was read as Windows-1252");
            assert_int_equal(h.last.mark.line, 1);
            assert_int_equal(h.last.mark.column, 4);
        }
        fpl_model_free(model);
    }
}

static void an_empty_group_was_not_judged(void **state)
{
    (void)state;
    fpl_model *model = read_csv(
        ",,A,,B,\n,,x,y,x,y\nA,x,,,,\n,y,,,1,\nB,x,0,0,,\n,y,,,,\n");
    assert_false(fpl_model_is_judged(model, 0, 0, 1));
    assert_true(fpl_model_is_judged(model, 0, 1, 1));
    assert_true(fpl_model_is_judged(model, 1, 0, 0));
    assert_false(fpl_model_is_judged(model, 1, 1, 0));
    expect_written(model, FPL_FORMAT_CSV, ';', false,
                   ";;A;;B;\n;;x;y;x;y\nA;x;;;;\n;y;;;1;0\nB;x;0;0;;\n;y;;;;\n");
    fpl_model_free(model);
}

static void names_that_are_no_ids_stay_as_names(void **state)
{
    (void)state;
    static const char text[] =
        ",,A. Government,,\"Work, play\"\n,,\"the \"\"old\"\" one\",and,x\n"
        "A. Government,\"the \"\"old\"\" one\",,,-1\n,and,,,1\n"
        "\"Work, play\",x,,,\n";
    fpl_model *model = read_csv(text);
    const fpl_descriptor *d = fpl_model_content(model)->descriptors.items;
    assert_string_equal(d[0].id, "A_Government");
    assert_string_equal(fpl_text_in(&d[0].name, ""), "A. Government");
    assert_string_equal(d[0].variants.items[0].id, "the_old_one");
    assert_string_equal(d[0].variants.items[1].id, "and_");
    assert_string_equal(d[1].id, "Work_play");
    expect_written(model, FPL_FORMAT_CSV, 0, false, text);
    fpl_model_free(model);
}

#define LIST                                                                             \
    "from,from_variant,to,to_variant,score,why,source,at,grade,coder\n"                  \
    "CONF,easing,LEVEL,L1,2,\"less, \"\"need\"\"\",essay,28 8(a),stated,a\n"             \
    "CONF,easing,LEVEL,L2,-2,\"less, \"\"need\"\"\",essay,28 8(a),stated,a\n"            \
    "CONF,acute,LEVEL,L1,-2,,,,,\nCONF,acute,LEVEL,L2,2,,,,,\n"                          \
    "LEVEL,L1,CONF,easing,1,,,,,\nLEVEL,L1,CONF,acute,-1,,,,,\n"                         \
    "LEVEL,L2,CONF,easing,-1,,,,,\nLEVEL,L2,CONF,acute,1,,,,,\n"

static void long_lists_are_read_and_written(void **state)
{
    (void)state;
    fpl_model *model = read_bytes(LIST, strlen(LIST), FPL_FORMAT_CSV_LIST, NULL);
    const fpl_reason *reason = fpl_model_reason(model, 0, 0, 1);
    expect_small(model);
    assert_string_equal(fpl_text_in(&reason->why, ""), "less, \"need\"");
    assert_string_equal(reason->source.id, "essay");
    assert_int_equal(reason->at.n, 2);
    assert_string_equal(reason->at.items[1], "8(a)");
    assert_string_equal(reason->coder, "a");
    assert_null(fpl_model_reason(model, 0, 1, 1));
    expect_written(model, FPL_FORMAT_CSV_LIST, 0, false, LIST);
    fpl_model_free(model);
}

static void columns_of_a_list_may_stand_in_any_order(void **state)
{
    (void)state;
    static const char text[] = "to;score;from_variant;to_variant;from\n"
                               "LEVEL;2;easing;L1;CONF\nCONF;1;L1;easing;LEVEL\n"
                               "LEVEL;-2;easing;L2;CONF\nLEVEL;2;acute;L2;CONF\n"
                               "CONF;-1;L1;acute;LEVEL\nLEVEL;-2;acute;L1;CONF\n"
                               "CONF;1;L2;acute;LEVEL\nCONF;-1;L2;easing;LEVEL\n";
    fpl_model *model = read_bytes(text, strlen(text), FPL_FORMAT_CSV_LIST, NULL);
    expect_small(model);
    fpl_model_free(model);
    model = read_bytes(text, strlen(text), FPL_FORMAT_GUESS, NULL); /* told by its head */
    expect_small(model);
    fpl_model_free(model);
}

static void a_list_keeps_the_order_of_names(void **state)
{
    (void)state;
    /* C is judged first, B stands second and has a variant that nobody judges */
    static const char text[] =
        ",,A,B,,C\n,,a,b,c,d\nA,a,,,,1\nB,b,,,,\n,c,,,,\nC,d,,3,4,\n";
    static const char due[] = "from,from_variant,to,to_variant,score\n"
                              "A,a,A,a,0\nB,b,B,b,0\nB,c,B,c,0\nC,d,C,d,0\n"
                              "A,a,C,d,1\nC,d,B,b,3\nC,d,B,c,4\n";
    fpl_model *model = read_csv(text);
    expect_written(model, FPL_FORMAT_CSV_LIST, 0, false, due);
    fpl_model *again = read_bytes(due, strlen(due), FPL_FORMAT_CSV_LIST, NULL);
    expect_written(again, FPL_FORMAT_CSV, 0, false, text);
    assert_string_equal(fpl_model_digest(model), fpl_model_digest(again));
    fpl_model_free(again);
    fpl_model_free(model);
}

static void blanks_around_a_text_are_kept_by_quotes(void **state)
{
    (void)state;
    static const char text[] = "from,from_variant,to,to_variant,score,why,coder\n"
                               "A,a,A,a,1,\" so \",me\n";
    fpl_model *model = read_bytes(text, strlen(text), FPL_FORMAT_CSV_LIST, NULL);
    assert_string_equal(fpl_text_in(&fpl_model_reason(model, 0, 0, 0)->why, ""), " so ");
    expect_written(model, FPL_FORMAT_CSV_LIST, 0, false, text);
    fpl_model_free(model);
}

static void what_a_table_cannot_hold_is_told(void **state)
{
    (void)state;
    static const char text[] = "fahrplan: 1\ntitle: T\nscale: 5\n"
                               "descriptors: [{id: A, name: {en: a, de: b}, ordered: "
                               "yes, variants: [{id: x}]}]\n"
                               "impacts: [{from: A, to: A, scores: {x: [1]}, because: "
                               "{x: {why: w, doubtful: yes}}}]\n";
    const fpl_load_options load = {.format = FPL_FORMAT_YAML};
    heard h = {0};
    fpl_save_options save = {
        .format = FPL_FORMAT_CSV_LIST, .notice = hear, .context = &h};
    fpl_model *model = NULL;
    fpl_error error = {0};
    char *written = NULL;
    if (fpl_model_read(text, strlen(text), "a", &load, &model, &error) != FPL_OK)
        fail_msg("%s", error.message);
    assert_int_equal(fpl_model_write(model, &save, &written, NULL, NULL), FPL_OK);
    assert_string_equal(
        h.last.message,
        "this table cannot hold everything; left out: title, scale, "
        "descriptors.name, descriptors.ordered, impacts.because.doubtful");
    fpl_string_free(written);
    save.separator = 'x';
    assert_int_equal(fpl_model_write(model, &save, &written, NULL, &error),
                     FPL_E_ARGUMENT);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_shapes_of_a_matrix_say_the_same),
        cmocka_unit_test(variants_may_be_called_by_numbers),
        cmocka_unit_test(separators_are_told_apart),
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(an_empty_group_was_not_judged),
        cmocka_unit_test(names_that_are_no_ids_stay_as_names),
        cmocka_unit_test(long_lists_are_read_and_written),
        cmocka_unit_test(columns_of_a_list_may_stand_in_any_order),
        cmocka_unit_test(a_list_keeps_the_order_of_names),
        cmocka_unit_test(blanks_around_a_text_are_kept_by_quotes),
        cmocka_unit_test(what_a_table_cannot_hold_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
