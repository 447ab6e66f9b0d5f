/* ScenarioWizard projects: what is read, what comes back byte for byte, what stays
 * behind. */
#include "support/case.h"
#include "support/check.h"

#include <fahrplan/io.h>

/* Two descriptors; every text is there. */
#define HEAD      "$ ScenarioWizard 4.0\nSmall\n"
#define STRUCTURE "&Heat\n -low\n -high\n&Cold winter\n -yes\n -\n#\n"
#define SHORTS    "&H\n lo\n hi\n&\n \n \n#\n"
#define COLORS    "FFFFFF\n0072B2\nFFFFFF\nFFFFFF\n#\n"
#define SCORES    " 0 , 0 , 2 ,-2 \n 0 , 0 ,-3 , 3 \n 1 ,-1 , 0 , 0 \n-11 , 11 , 0 , 0 \n#\n"
#define TEXTS                                                                            \
    "# 0-0\n\"the project\"\n# H\n\"on heat\"\n# \n\"\"\n# H -> H\n\"\"\n"               \
    "# H -> \n\"less heat, more cold\"\n#  -> H\n\"\"\n#  -> \n\"nobody judged\"\n"
#define SMALL HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES TEXTS "#\n#\n"

typedef struct heard {
    int n;
    fpl_error last;
    char all[4096];
} heard;

static void hear(void *context, const fpl_error *notice)
{
    heard *h = context;
    h->n++;
    h->last = *notice;
    strncat(h->all, notice->message, sizeof h->all - strlen(h->all) - 1);
}

static fpl_model *read_scw(const char *text, size_t size, heard *h)
{
    const fpl_load_options options = {FPL_FORMAT_SCW, h == NULL ? NULL : hear, h};
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, size, "a.scw", &options, &model, &error) != FPL_OK)
        fail_msg("%d:%d: %s", error.mark.line, error.mark.column, error.message);
    return model;
}

static char *write_scw(const fpl_model *model, size_t *size, heard *h)
{
    const fpl_save_options options = {
        .format = FPL_FORMAT_SCW, .notice = h == NULL ? NULL : hear, .context = h};
    char *text = NULL;
    fpl_error error = {0};
    if (fpl_model_write(model, &options, &text, size, &error) != FPL_OK)
        fail_msg("%s", error.message);
    return text;
}

static void expect_bytes(const fpl_model *model, const char *text, size_t size)
{
    size_t written_size = 0;
    char *written = write_scw(model, &written_size, NULL);
    if (written_size != size || memcmp(written, text, size) != 0)
        fail_msg("expected:\n%.*s\nwritten:\n%s", (int)size, text, written);
    fpl_string_free(written);
}

/* Through a builder's copy and through the native format. */
static void expect_round_trip(const char *text, size_t size)
{
    fpl_model *model = read_scw(text, size, NULL), *copy = NULL, *native = NULL;
    fpl_builder *builder = NULL;
    const fpl_save_options yaml = {.format = FPL_FORMAT_YAML};
    const fpl_load_options load = {.format = FPL_FORMAT_YAML};
    char *between = NULL;
    size_t between_size = 0;
    fpl_error error = {0};
    expect_bytes(model, text, size);
    assert_int_equal(fpl_builder_copy(model, &builder, &error), FPL_OK);
    assert_int_equal(fpl_builder_build(builder, &copy, &error), FPL_OK);
    expect_bytes(copy, text, size);
    assert_int_equal(fpl_model_write(model, &yaml, &between, &between_size, &error),
                     FPL_OK);
    if (fpl_model_read(between, between_size, "a", &load, &native, &error) != FPL_OK)
        fail_msg("%s\n%s", error.message, between);
    expect_bytes(native, text, size);
    assert_string_equal(fpl_model_digest(native), fpl_model_digest(model));
    fpl_string_free(between);
    fpl_builder_free(builder);
    fpl_model_free(native);
    fpl_model_free(copy);
    fpl_model_free(model);
}

static void names_texts_colours_and_scores_are_read(void **state)
{
    (void)state;
    fpl_model *model = read_scw(SMALL, strlen(SMALL), NULL);
    const fpl_content *content = fpl_model_content(model);
    const fpl_descriptor *heat = &content->descriptors.items[0], *cold = heat + 1;
    assert_string_equal(fpl_text_in(&content->title, "en"), "Small");
    assert_string_equal(fpl_text_in(&content->summary, "en"), "the project");
    assert_string_equal(heat->id, "H");
    assert_string_equal(fpl_text_in(&heat->name, "en"), "Heat");
    assert_string_equal(fpl_text_in(&heat->short_name, "en"), "H");
    assert_string_equal(fpl_text_in(&heat->cited.note, "en"), "on heat");
    assert_string_equal(heat->variants.items[1].id, "hi");
    assert_string_equal(heat->variants.items[1].color, "#0072B2");
    assert_null(heat->variants.items[0].color);
    assert_string_equal(cold->id, "Cold_winter");
    assert_string_equal(cold->variants.items[0].id, "yes");
    assert_string_equal(cold->variants.items[1].id, "v2");
    assert_int_equal(cold->variants.items[1].name.n, 0);
    assert_int_equal(content->scale.value, 11);
    assert_int_equal(fpl_model_judgement(model, 1, 1, 0, 0), -11);
    assert_string_equal(fpl_text_in(&fpl_model_impact(model, 0, 1)->note, "en"),
                        "less heat, more cold");
    assert_null(fpl_model_impact(model, 0, 0));
    assert_non_null(fpl_model_impact(model, 1, 1)); /* all zero, but with a text */
    assert_int_equal(heat->variants.items[1].head.mark.line, 5);
    fpl_model_free(model);
}

static void repeated_and_empty_names_get_ids_of_their_own(void **state)
{
    (void)state;
    static const char text[] =
        "$ ScenarioWizard 4.0\n\n&\n -a b\n -a.b\n -a b\n&\n -\n&in\n -2\n#\n"
        "&X\n \n \n \n&X\n in\n&\n \n#\n#\n#\n#\n"
        "0,0,0,0,0\n0,0,0,0,0\n0,0,0,0,0\n0,0,0,0,0\n0,0,0,0,0\n";
    fpl_model *model = read_scw(text, strlen(text), NULL);
    const fpl_descriptor *d = fpl_model_content(model)->descriptors.items;
    assert_string_equal(d[0].id, "X");
    assert_string_equal(d[1].id, "X_2");
    assert_string_equal(d[2].id, "in_"); /* "in" belongs to formulas */
    assert_string_equal(d[0].variants.items[0].id, "a_b");
    assert_string_equal(d[0].variants.items[1].id, "a.b");
    assert_string_equal(d[0].variants.items[2].id, "a_b_2");
    assert_string_equal(d[1].variants.items[0].id, "in_");
    assert_string_equal(d[2].variants.items[0].id, "v1");
    fpl_model_free(model);
    expect_round_trip(text, strlen(text));
}

static char *with_crlf(const char *text, size_t *size)
{
    char *made = calloc(2 * strlen(text) + 1, 1);
    assert_non_null(made);
    *size = 0;
    for (; *text != '\0'; text++) {
        if (*text == '\n') made[(*size)++] = '\r';
        made[(*size)++] = *text;
    }
    return made;
}

#define MATRIX_ODD                                                                       \
    "0,0,2,-2\n  0 ,  0 , -3 ,  3 \n 1 ,-1 , 0 , 0 ,\n-11 , +11 , 0 , 0\n#\n"

static void every_variant_of_a_file_comes_back_byte_for_byte(void **state)
{
    (void)state;
    static const char *const texts[] = {
        SMALL,
        /* ends after the judgements; with the mark; with the project's text only */
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES,
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n 0 , 0 , 2 ,-2 \n 0 , 0 ,-3 , 3 \n"
                              " 1 ,-1 , 0 , 0 \n 0 , 0 , 0 , 0 ",
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES "# 0-0\n\"the project\"\n",
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES "# 0-0\n\"the project\"",
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES "# 0-0\n\"\"\n#\n#\n",
        /* sections 3 and 5 have content; no colours; colours in small letters or short */
        HEAD STRUCTURE SHORTS "what: [this]\n \n#\n" COLORS "& 5\n\"\\x\n#\n" SCORES TEXTS
                              "#\n#\n",
        HEAD STRUCTURE SHORTS "#\n#\n#\n" SCORES TEXTS "#\n#\n",
        HEAD STRUCTURE SHORTS "#\nffffff\nff\n 00AAbb \nFFFFFF\n#\n#\n" SCORES TEXTS
                              "#\n#\n",
        /* spacing of numbers; blanks around names; stale title; other tag; odd labels */
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" MATRIX_ODD TEXTS "#\n#\n",
        "$ ScenarioWizard 3.1 \n  C:\\old\\thing.scw\t\n& Heat \n-low\n  - high\n&Cold "
        "winter\n -yes\n - \n# end\n" SHORTS "# \n" COLORS "#\n" SCORES TEXTS "#\n#\n",
        HEAD STRUCTURE "& H\n  lo \n hi\n&\n\n \n#\n"
                       "#\n" COLORS "#\n" SCORES
                       "#0-0\n\"the \"quoted\" project\"\n#\n\"on\nseveral\n\nlines\"\n"
                       "# \n\"\"\n# a -> b\n\"\"\n# ?\n\"#1\"\n# \n\"\"\n# \n\"\"\n#\n#",
        /* more after the end; no line end at the end; nothing at the end */
        SMALL "\n# more\nof this\n",
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES TEXTS "#\n#",
        HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" SCORES TEXTS,
        /* UTF-8 with and without mark; Windows-1252; line ends that change */
        "\xEF\xBB\xBF" SMALL,
        "$ ScenarioWizard 4.0\nK\xC3\xA4lte \xE2\x88\x92\n" STRUCTURE SHORTS "#\n" COLORS
        "#\n" SCORES TEXTS "#\n#\n",
        "$ ScenarioWizard 4.0\nK\xE4lte \x80 \x81\n" STRUCTURE SHORTS "\xDF\n#\n" COLORS
        "#\n" SCORES TEXTS "#\n#\n",
        "$ ScenarioWizard 4.0\r\nSmall\n" STRUCTURE SHORTS "#\n" COLORS
        "#\r\n" SCORES TEXTS "#\n#\n",
        HEAD "&Heat\r\n -low\n -high\n&Cold winter\n -yes\n -\n#\n" SHORTS "#\n" COLORS
             "#\n" SCORES TEXTS "#\r\n#\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t size = 0;
        char *crlf = with_crlf(texts[i], &size);
        expect_round_trip(texts[i], strlen(texts[i]));
        expect_round_trip(crlf, size);
        free(crlf);
    }
}

static void published_files_agree_with_their_cases(void **state)
{
    (void)state;
    static const char *const names[] = {"sei_CIB_global",
                                        "sei_CIB_nested_simplified_standardized"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char name[128];
        size_t size = 0;
        snprintf(name, sizeof name, "scw/%s.scw", names[i]);
        char *text = case_file(name, &size);
        snprintf(name, sizeof name, "%s.case", names[i]);
        fpl_model *due = case_model(name, NULL), *model = read_scw(text, size, NULL);
        const int n = fpl_model_n_descriptors(due);
        const size_t V = (size_t)fpl_model_offset(due, n);
        assert_int_equal(fpl_model_n_descriptors(model), n);
        for (int d = 0; d <= n; d++)
            assert_int_equal(fpl_model_offset(model, d), fpl_model_offset(due, d));
        assert_memory_equal(fpl_model_matrix(model), fpl_model_matrix(due),
                            V * V * sizeof(int16_t));
        for (int d = 0; d < n; d++)
            assert_string_equal(fpl_model_descriptor_name(model, d, "en"),
                                fpl_model_descriptor_name(due, d, "en"));
        expect_round_trip(text, size);
        fpl_model_free(model);
        fpl_model_free(due);
        free(text);
    }
}

static const char *remembered(const fpl_model *model)
{
    const fpl_content *content = fpl_model_content(model);
    assert_int_equal(content->head.extras.n, 1);
    assert_string_equal(content->head.extras.items[0].key, "x-scw");
    return content->head.extras.items[0].value;
}

static void only_what_is_odd_is_remembered(void **state)
{
    (void)state;
    static const char odd[] = "$ ScenarioWizard 3.1\n\x80\n" STRUCTURE
                              "&H \n lo\n hi\n&\n \n \n#\n#\n" COLORS "#\n" SCORES;
    size_t size = 0;
    char *crlf = with_crlf(SMALL, &size);
    fpl_model *model = read_scw(SMALL, strlen(SMALL), NULL);
    assert_string_equal(remembered(model), "{tag: $ ScenarioWizard 4.0}");
    fpl_model_free(model);
    model = read_scw(crlf, size, NULL);
    assert_string_equal(remembered(model), "{tag: $ ScenarioWizard 4.0, eol: crlf}");
    fpl_model_free(model);
    free(crlf);
    model = read_scw(odd, strlen(odd), NULL);
    assert_string_equal(remembered(model),
                        "{tag: $ ScenarioWizard 3.1, encoding: windows-1252, texts: 0, "
                        "end: \"\", odd: [[10, \"&H\", \"&H \\n\"]]}");
    assert_string_equal(fpl_text_in(&fpl_model_content(model)->title, ""),
                        "\xE2\x82\xAC");
    fpl_model_free(model);
}

static void an_edit_in_the_model_changes_its_line_only(void **state)
{
    (void)state;
    static const char before[] = HEAD STRUCTURE SHORTS "#\n" COLORS "#\n" MATRIX_ODD TEXTS
                                                       "#\n#";
    static const char after[] = HEAD STRUCTURE SHORTS
        "#\n" COLORS "#\n"
        "0,0,2,-2\n 0 , 0 ,-3 , 1 \n 1 ,-1 , 0 , 0 ,\n-11 , +11 , 0 , 0\n#\n" TEXTS
        "#\n#";
    fpl_model *model = read_scw(before, strlen(before), NULL), *edited = NULL;
    fpl_builder *builder = NULL;
    assert_int_equal(fpl_builder_copy(model, &builder, NULL), FPL_OK);
    assert_int_equal(fpl_builder_score(builder, 0, 1, 1, 1, (fpl_decimal){1, 0}, NULL),
                     FPL_OK);
    assert_int_equal(fpl_builder_build(builder, &edited, NULL), FPL_OK);
    expect_bytes(edited, after, strlen(after));
    fpl_builder_free(builder);
    fpl_model_free(edited);
    fpl_model_free(model);
}

/* ---- models that did not come from a project -----------------------------------------
 */

static fpl_model *read_native(const char *text)
{
    const fpl_load_options options = {.format = FPL_FORMAT_YAML};
    fpl_model *model = NULL;
    fpl_error error = {0};
    if (fpl_model_read(text, strlen(text), "a", &options, &model, &error) != FPL_OK)
        fail_msg("%d:%d: %s", error.mark.line, error.mark.column, error.message);
    return model;
}

static void native_models_are_written_in_the_current_layout(void **state)
{
    (void)state;
    fpl_model *model = read_native(
        "fahrplan: 1\n"
        "title: \"# A \\\"test\\\"\\nof two\"\n"
        "descriptors:\n"
        "  - {id: A, name: First, kind: driver, variants: [{id: a1}, {id: a2, lag: 1}]}\n"
        "  - {id: B, variants: [{id: b1, short: one, color: \"#0072B2\"}]}\n"
        "impacts:\n"
        "  - {from: A, to: B, scores: {a1: [2], a2: [-1]}, note: both,\n"
        "     because: {a1: {why: \"so \\\"it\\\"\\nis\", grade: implied}, a2: {why: "
        "no}}}\n"
        "exclusions: [{when: A=a1 and B=b1}]\n"
        "x-own: 1\n");
    heard h = {0};
    size_t size = 0;
    char *text = write_scw(model, &size, &h);
    assert_string_equal(text, "$ ScenarioWizard 4.0\n# A 'test' of two\n"
                              "&First\n -a1\n -a2\n&B\n -b1\n#\n"
                              "&A\n a1\n a2\n&B\n one\n#\n#\n"
                              "FFFFFF\nFFFFFF\n0072B2\n#\n#\n"
                              " 0 , 0 , 2 \n 0 , 0 ,-1 \n 0 , 0 , 0 \n#\n"
                              "# 0-0\n\"\"\n# A\n\"\"\n# B\n\"\"\n# A -> A\n\"\"\n"
                              "# A -> B\n\"both / a1: so 'it' is / a2: no\"\n"
                              "# B -> A\n\"\"\n# B -> B\n\"\"\n#\n#\n");
    assert_int_equal(h.n, 1);
    assert_string_equal(h.all,
                        "a ScenarioWizard project cannot hold everything; left out: "
                        "x-own, descriptors.kind, descriptors.variants.lag, "
                        "impacts.because.grade, exclusions");
    fpl_model *again = read_scw(text, size, NULL);
    assert_int_equal(fpl_model_find_descriptor(again, "A"), 0);
    assert_int_equal(fpl_model_find_variant(again, 0, "a2"), 1);
    fpl_model_free(again);
    fpl_string_free(text);
    fpl_model_free(model);
}

static void decimals_are_refused(void **state)
{
    (void)state;
    fpl_model *model = read_native(
        "fahrplan: 1\n"
        "descriptors: [{id: A, variants: [{id: a1}, {id: a2}]}]\n"
        "impacts:\n"
        "  - {from: A, to: A, scores: {a1: [1, 1.5]}}\n");
    const fpl_save_options options = {.format = FPL_FORMAT_SCW};
    char *text = NULL;
    size_t size = 0;
    fpl_error error = {0};
    assert_int_equal(fpl_model_write(model, &options, &text, &size, &error),
                     FPL_E_UNSUPPORTED);
    assert_null(text);
    assert_string_equal(error.message, "the judgement A=a1 -> A=a2 is 1.5, and "
                                       "ScenarioWizard holds whole numbers only");
    assert_int_equal(error.mark.line, 4);
    fpl_model_free(model);
}

static void notices_say_where(void **state)
{
    (void)state;
    static const char text[] = "$ ScenarioWizard 4.0\nK\xE4lte\n" STRUCTURE SHORTS
                               "#\n" COLORS "#\n" SCORES TEXTS "#\n#\nmore\n";
    heard h = {0};
    fpl_model *model = read_scw(text, strlen(text), &h);
    assert_int_equal(h.n, 2);
    assert_string_equal(h.all, "the text is not UTF-8 and was read as Windows-1252"
                               "what follows the last text is kept as it is");
    assert_int_equal(h.last.mark.line, 45);
    assert_string_equal(h.last.file, "a.scw");
    fpl_model_free(model);
}

static void a_character_that_windows_1252_lacks_makes_it_utf_8(void **state)
{
    (void)state;
    static const char text[] = "$ ScenarioWizard 4.0\nK\xE4lte\n" STRUCTURE SHORTS
                               "#\n" COLORS "#\n" SCORES TEXTS "#\n#\n";
    fpl_model *model = read_scw(text, strlen(text), NULL), *edited = NULL;
    fpl_builder *builder = NULL;
    fpl_phrase title = {"", "\xCE\xB1 K\xC3\xA4lte"};
    heard h = {0};
    size_t size = 0;
    assert_int_equal(fpl_builder_copy(model, &builder, NULL), FPL_OK);
    fpl_content content = *fpl_builder_content(builder);
    content.title.items = &title;
    assert_int_equal(fpl_builder_set_header(builder, &content, NULL), FPL_OK);
    assert_int_equal(fpl_builder_build(builder, &edited, NULL), FPL_OK);
    char *written = write_scw(edited, &size, &h);
    assert_int_equal(h.n, 1);
    assert_non_null(strstr(h.all, "U+03B1"));
    assert_non_null(strstr(written, "\n\xCE\xB1 K\xC3\xA4lte\n"));
    fpl_string_free(written);
    fpl_builder_free(builder);
    fpl_model_free(edited);
    fpl_model_free(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_texts_colours_and_scores_are_read),
        cmocka_unit_test(repeated_and_empty_names_get_ids_of_their_own),
        cmocka_unit_test(every_variant_of_a_file_comes_back_byte_for_byte),
        cmocka_unit_test(published_files_agree_with_their_cases),
        cmocka_unit_test(only_what_is_odd_is_remembered),
        cmocka_unit_test(an_edit_in_the_model_changes_its_line_only),
        cmocka_unit_test(native_models_are_written_in_the_current_layout),
        cmocka_unit_test(decimals_are_refused),
        cmocka_unit_test(notices_say_where),
        cmocka_unit_test(a_character_that_windows_1252_lacks_makes_it_utf_8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
