/* The error record: a message is translated before its places are filled in. */
#include "support/check.h"

#include "base/status.h"

#include <fahrplan/io.h>
#include <fahrplan/records.h>

/* A catalogue of three messages; the context counts how often it is asked. */
static const char *backwards(void *context, const char *message)
{
    ++*(int *)context;
    if (strcmp(message, "no %s is called '%s'") == 0) return "'%2$s' heißt kein %1$s";
    if (strcmp(message, "descriptor") == 0) return "Deskriptor";
    if (strcmp(message, "try '%s'") == 0) return "versuche '%s'";
    return message;
}

static void a_message_is_translated_before_it_is_filled_in(void **state)
{
    (void)state;
    int asked = 0;
    fpl_error error = {.translate = backwards, .translate_context = &asked};
    assert_int_equal(fpli_fail(&error, FPL_E_MODEL, "no %s is called '%s'",
                               fpli_translated(&error, "descriptor"), "X"),
                     FPL_E_MODEL);
    assert_string_equal(error.message, "'X' heißt kein Deskriptor");
    fpli_note(&error, (fpl_mark){0}, "try '%s'", "Y");
    assert_string_equal(error.note, "versuche 'Y'");
    assert_int_equal(asked, 3);
}

static void a_failure_keeps_the_language(void **state)
{
    (void)state;
    int asked = 0;
    fpl_error error = {.translate = backwards, .translate_context = &asked};
    fpli_fail(&error, FPL_E_IO, "one");
    fpli_note(&error, (fpl_mark){0}, "a note");
    fpli_fail_at(&error, FPL_E_SYNTAX, "file", fpli_start, "two of %s", error.message);
    assert_string_equal(error.message, "two of one"); /* from the old record */
    assert_string_equal(error.file, "file");
    assert_string_equal(error.note, "");
    assert_true(error.translate == backwards);
    assert_ptr_equal(error.translate_context, &asked);
    fpl_error like = fpli_error_like(&error);
    assert_true(like.translate == backwards);
    assert_string_equal(like.message, "");
    assert_null(fpli_error_like(NULL).translate);
}

static const char *said(void *context, const char *message)
{
    (void)context;
    if (strcmp(message, "no descriptor is called '%s'") == 0) return "kein '%s' da";
    if (strcmp(message, "in the formula: %s") == 0) return "Formel: %s";
    return message;
}

static void readers_speak_the_language_asked_for(void **state)
{
    (void)state;
    static const char text[] = "fahrplan: 1\n"
                               "descriptors: [{id: A, variants: [{id: a}]}]\n"
                               "exclusions: [{when: Q=a}]\n";
    fpl_error error = {.translate = said};
    fpl_model *model = NULL;
    assert_int_equal(fpl_model_read(text, strlen(text), "a.yml", NULL, &model, &error),
                     FPL_E_MODEL);
    assert_string_equal(error.message, "Formel: kein 'Q' da");
}

static void notice_said(void *context, const fpl_error *notice)
{
    strcpy(context, notice->message);
}

static const char *latin(void *context, const char *message)
{
    (void)context;
    return strcmp(message, "the text is not UTF-8 and was read as Windows-1252") == 0
               ? "als Windows-1252 gelesen"
               : message;
}

static void notices_speak_it_too(void **state)
{
    (void)state;
    static const char text[] = ",\xC4:x,\xC4:y\n\xC4:x,0,0\n\xC4:y,0,0\n";
    char heard[FPL_ERROR_TEXT] = "";
    const fpl_load_options options = {
        .format = FPL_FORMAT_CSV, .notice = notice_said, .context = heard};
    fpl_error error = {.translate = latin};
    fpl_model *model = NULL;
    assert_int_equal(
        fpl_model_read(text, strlen(text), "a.csv", &options, &model, &error), FPL_OK);
    fpl_model_free(model);
    assert_string_equal(heard, "als Windows-1252 gelesen");
}

/* Languages match by what stands before '-' or '_'. */
static void a_text_is_found_by_the_first_part_of_a_language(void **state)
{
    (void)state;
    fpl_phrase phrases[] = {{.language = "en", .text = "heat"},
                            {.language = "de", .text = "Wärme"},
                            {.language = "pt-BR", .text = "calor"},
                            {.language = "de-AT", .text = "Hitz"}};
    const fpl_text text = {.items = phrases, .n = 4};
    assert_string_equal(fpl_text_in(&text, "de"), "Wärme");
    assert_string_equal(fpl_text_in(&text, "de_DE"), "Wärme");
    assert_string_equal(fpl_text_in(&text, "de_DE.UTF-8"), "Wärme");
    assert_string_equal(fpl_text_in(&text, "de-AT"), "Hitz");
    assert_string_equal(fpl_text_in(&text, "pt"), "calor");
    assert_string_equal(fpl_text_in(&text, "en_GB"), "heat");
    assert_string_equal(fpl_text_in(&text, "d"), "heat");
    assert_string_equal(fpl_text_in(&text, "den"), "heat");
    assert_string_equal(fpl_text_in(&text, ""), "heat");
    assert_string_equal(fpl_text_in(&text, NULL), "heat");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_translated_before_it_is_filled_in),
        cmocka_unit_test(a_failure_keeps_the_language),
        cmocka_unit_test(readers_speak_the_language_asked_for),
        cmocka_unit_test(notices_speak_it_too),
        cmocka_unit_test(a_text_is_found_by_the_first_part_of_a_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
