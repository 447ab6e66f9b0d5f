/* Scalars and lists of scalars by their type in the field table: one function for each
 * type. */
#include "io/yaml_values.h"

#include "base/status.h"
#include "base/text.h"
#include "io/number.h"
#include "io/yaml_read.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { QUOTE_CHARACTERS = 40 };

/* ---- complaints -------------------------------------------------------------------- */

const char *fpli_yaml_quote(const char *text, char out[FPLI_YAML_QUOTE])
{
    size_t at = 0, size = strlen(text);
    for (int i = 0; i < QUOTE_CHARACTERS && at < size; i++)
        at += (size_t)fpli_utf8_next(text + at, size - at, NULL);
    snprintf(out, FPLI_YAML_QUOTE, "%.*s%s", (int)at, text, at < size ? "..." : "");
    return out;
}

fpl_status fpli_yaml_fail_value(const fpli_yaml_reading *r, const char *key,
                                const fpli_yaml_node *node, const char *due)
{
    char quoted[FPLI_YAML_QUOTE];
    if (node->kind != FPLI_YAML_SCALAR)
        return fpli_fail_at(
            r->error, FPL_E_SYNTAX, r->name, node->mark, "'%s' must be %s, not %s", key,
            fpli_translated(r->error, due),
            fpli_translated(r->error, node->kind == FPLI_YAML_LIST ? N_("a list")
                                                                   : N_("a mapping")));
    return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, node->mark,
                        "'%s' must be %s, not '%s'", key, fpli_translated(r->error, due),
                        fpli_yaml_quote(node->text, quoted));
}

static const char *word_name(const void *context, int i)
{
    return ((const fpli_word *)context)[i].word;
}

/* "driver, choice or outcome" */
static void list_words(const fpl_error *error, const fpli_word *words, char *out,
                       size_t room)
{
    char list[160] = "";
    size_t used = 0;
    int last = 0;
    while (words[last + 1].word != NULL) last++;
    for (int i = 0; i < last && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s",
                                 i == 0 ? "" : ", ", words[i].word);
    if (last == 0)
        snprintf(out, room, "%s", words[0].word);
    else
        snprintf(out, room, fpli_translated(error, N_("%s or %s")), list,
                 words[last].word);
}

/* ---- scalars ----------------------------------------------------------------------- */

bool fpli_yaml_is_null(const fpli_yaml_node *node)
{
    return node->kind == FPLI_YAML_SCALAR && node->style == FPLI_YAML_PLAIN &&
           (strcmp(node->text, "null") == 0 || strcmp(node->text, "~") == 0);
}

fpl_status fpli_yaml_copy_text(fpli_yaml_reading *r, const fpli_yaml_node *node,
                               const char **copy)
{
    *copy = fpli_arena_text(r->arena, node->text, node->length);
    return *copy == NULL ? fpli_no_memory(r->error) : FPL_OK;
}

/* A scalar that satisfies `is_due`, NULL for any; its text goes to *copy. */
static fpl_status read_checked(fpli_yaml_reading *r, const char *key,
                               const fpli_yaml_node *node,
                               bool (*is_due)(const char *text), const char *due,
                               const char **copy)
{
    if (node->kind != FPLI_YAML_SCALAR || (is_due != NULL && !is_due(node->text)))
        return fpli_yaml_fail_value(r, key, node, due);
    return fpli_yaml_copy_text(r, node, copy);
}

static const char id_due[] = N_(
    "an id (a letter, then letters, digits, '_', '-' or '.')");

static fpl_status read_id(fpli_yaml_reading *r, const fpli_field *field, const char *key,
                          const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, fpli_is_id, id_due, member);
}

static fpl_status read_string(fpli_yaml_reading *r, const fpli_field *field,
                              const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, NULL, "a text", member);
}

/* Digits at *at as a number of exactly n digits; *at moves behind them. -1 if they are
 * not. */
static int take_digits(const char **at, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++, (*at)++) {
        if (!isdigit((unsigned char)**at)) return -1;
        value = value * 10 + (**at - '0');
    }
    return value;
}

static bool is_date(const char *text)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const int year = take_digits(&text, 4);
    if (year < 0) return false;
    if (*text == '\0') return true;
    if (*text++ != '-') return false;
    const int month = take_digits(&text, 2);
    if (month < 1 || month > 12) return false;
    if (*text == '\0') return true;
    if (*text++ != '-') return false;
    const int day = take_digits(&text, 2);
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int last = month == 2 && !leap ? 28 : days[month - 1];
    return day >= 1 && day <= last && *text == '\0';
}

static fpl_status read_date(fpli_yaml_reading *r, const fpli_field *field,
                            const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, is_date, "a date (2024, 2024-04 or 2024-04-26)",
                        member);
}

static bool is_duration(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 7 && text[digits] != '\0' &&
           strchr("dwmy", text[digits]) != NULL && text[digits + 1] == '\0';
}

static fpl_status read_duration(fpli_yaml_reading *r, const fpli_field *field,
                                const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, is_duration, "a duration (30d, 6w, 3m or 1y)",
                        member);
}

static bool is_color(const char *text)
{
    return text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6 &&
           text[7] == '\0';
}

static fpl_status read_color(fpli_yaml_reading *r, const fpli_field *field,
                             const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    fpl_status status = read_checked(r, key, node, is_color, "a colour (\"#0072B2\")",
                                     member);
    if (status == FPL_E_SYNTAX && node->kind == FPLI_YAML_SCALAR && node->length == 0)
        fpli_note(r->error, (fpl_mark){0}, "without quotes a '#' begins a comment");
    return status;
}

/* Language tags as in "de" or "pt-BR". */
static bool is_language(const char *text)
{
    size_t letters = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    if (letters < 2 || letters > 3) return false;
    for (text += letters; *text == '-'; text += letters + 1) {
        for (letters = 0; isalnum((unsigned char)text[1 + letters]);) letters++;
        if (letters == 0) return false;
    }
    return *text == '\0';
}

static fpl_status add_phrase(fpli_yaml_reading *r, const fpli_yaml_node *language,
                             const fpli_yaml_node *node, fpl_text *text)
{
    fpl_phrase *phrase = fpli_list_append(r->arena, text, sizeof *phrase);
    if (phrase == NULL) return fpli_no_memory(r->error);
    phrase->language = "";
    fpl_status status = FPL_OK;
    if (language != NULL) status = fpli_yaml_copy_text(r, language, &phrase->language);
    return status == FPL_OK ? fpli_yaml_copy_text(r, node, &phrase->text) : status;
}

static fpl_status read_text(fpli_yaml_reading *r, const fpli_field *field,
                            const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    if (node->kind == FPLI_YAML_SCALAR) return add_phrase(r, NULL, node, member);
    if (node->kind == FPLI_YAML_LIST)
        return fpli_yaml_fail_value(r, key, node,
                                    "a text or a mapping of languages to texts");
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        if (!is_language(entry->key->text))
            return fpli_yaml_fail_value(r, key, entry->key,
                                        "a text, or a mapping of languages (en, de)");
        if (entry->value->kind != FPLI_YAML_SCALAR)
            return fpli_yaml_fail_value(r, entry->key->text, entry->value, "a text");
        fpl_status status = add_phrase(r, entry->key, entry->value, member);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status read_count(fpli_yaml_reading *r, const fpli_field *field,
                             const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    int value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_integer_parse(node->text, &value) ||
        value < 0)
        return fpli_yaml_fail_value(r, key, node, "a whole number, 0 or more");
    *(int *)member = value;
    return FPL_OK;
}

static fpl_status read_integer(fpli_yaml_reading *r, const fpli_field *field,
                               const char *key, const fpli_yaml_node *node, void *member)
{
    fpl_integer *integer = member;
    int value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_integer_parse(node->text, &value) ||
        value < field->low || value > field->high) {
        char due[120];
        snprintf(due, sizeof due,
                 fpli_translated(r->error, N_("a whole number from %d to %d")),
                 field->low, field->high);
        return fpli_yaml_fail_value(r, key, node, due);
    }
    *integer = (fpl_integer){.value = value, .stated = true};
    return FPL_OK;
}

static fpl_status read_real(fpli_yaml_reading *r, const fpli_field *field,
                            const char *key, const fpli_yaml_node *node, void *member)
{
    fpl_real *real = member;
    double value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_real_parse(node->text, &value) ||
        value < field->low || value > field->high) {
        char due[120];
        snprintf(due, sizeof due, fpli_translated(r->error, N_("a number from %d to %d")),
                 field->low, field->high);
        return fpli_yaml_fail_value(r, key, node, due);
    }
    *real = (fpl_real){.value = value, .stated = true};
    return FPL_OK;
}

static fpl_status read_yesno(fpli_yaml_reading *r, const fpli_field *field,
                             const char *key, const fpli_yaml_node *node, void *member)
{
    static const fpli_word words[] = {{"true", FPL_YES},
                                      {"yes", FPL_YES},
                                      {"false", FPL_NO},
                                      {"no", FPL_NO},
                                      {NULL, 0}};
    (void)field;
    for (const fpli_word *word = words; word->word != NULL; word++) {
        if (node->kind != FPLI_YAML_SCALAR || strcmp(word->word, node->text) != 0)
            continue;
        *(fpl_tristate *)member = (fpl_tristate)word->value;
        return FPL_OK;
    }
    return fpli_yaml_fail_value(r, key, node, "true or false");
}

static fpl_status read_word(fpli_yaml_reading *r, const fpli_field *field,
                            const char *key, const fpli_yaml_node *node, void *member)
{
    int n = 0;
    for (; field->words[n].word != NULL; n++) {
        if (node->kind != FPLI_YAML_SCALAR ||
            strcmp(field->words[n].word, node->text) != 0)
            continue;
        memcpy(member, &field->words[n].value, sizeof(int));
        return FPL_OK;
    }
    char due[200];
    list_words(r->error, field->words, due, sizeof due);
    fpl_status status = fpli_yaml_fail_value(r, key, node, due);
    int near = node->kind == FPLI_YAML_SCALAR
                   ? fpli_nearest(node->text, word_name, field->words, n)
                   : -1;
    if (near >= 0)
        fpli_note(r->error, (fpl_mark){0}, "did you mean '%s'?", field->words[near].word);
    return status;
}

static fpl_status read_ref(fpli_yaml_reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    (void)field;
    fpl_ref *ref = member;
    ref->mark = node->mark;
    ref->index = -1;
    return read_checked(r, key, node, fpli_is_id, id_due, &ref->id);
}

static fpl_status read_condition(fpli_yaml_reading *r, const fpli_field *field,
                                 const char *key, const fpli_yaml_node *node,
                                 void *member)
{
    (void)field;
    fpl_condition *condition = member;
    condition->mark = node->mark;
    return read_checked(r, key, node, NULL, "a formula", &condition->text);
}

/* ---- lists of scalars -------------------------------------------------------------- */

fpl_status fpli_yaml_read_items(fpli_yaml_reading *r, const fpli_field *field,
                                const char *key, const fpli_yaml_node *node, void *list,
                                size_t size, fpli_yaml_reader *read, const char *due)
{
    if (node->kind != FPLI_YAML_LIST) return fpli_yaml_fail_value(r, key, node, due);
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        void *item = fpli_list_append(r->arena, list, size);
        if (item == NULL) return fpli_no_memory(r->error);
        fpl_status status = read(r, field, key, entry->value, item);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status read_strings(fpli_yaml_reading *r, const fpli_field *field,
                               const char *key, const fpli_yaml_node *node, void *member)
{
    return fpli_yaml_read_items(r, field, key, node, member, sizeof(const char *),
                                read_string, "a list ([28, 37])");
}

static fpl_status read_ids(fpli_yaml_reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    return fpli_yaml_read_items(r, field, key, node, member, sizeof(const char *),
                                read_id, "a list of ids");
}

static fpl_status read_refs(fpli_yaml_reading *r, const fpli_field *field,
                            const char *key, const fpli_yaml_node *node, void *member)
{
    return fpli_yaml_read_items(r, field, key, node, member, sizeof(fpl_ref), read_ref,
                                "a list of ids");
}

static fpl_status read_decimal(fpli_yaml_reading *r, const fpli_field *field,
                               const char *key, const fpli_yaml_node *node, void *member)
{
    (void)field;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_decimal_parse(node->text, member))
        return fpli_yaml_fail_value(r, key, node,
                                    "made of numbers with at most four places");
    return FPL_OK;
}

static fpl_status read_decimals(fpli_yaml_reading *r, const fpli_field *field,
                                const char *key, const fpli_yaml_node *node, void *member)
{
    return fpli_yaml_read_items(r, field, key, node, member, sizeof(fpl_decimal),
                                read_decimal, "a list of numbers");
}

/* ---- the table --------------------------------------------------------------------- */

fpli_yaml_reader *const fpli_yaml_readers[] = {
    [FPLI_ID] = read_id,
    [FPLI_STRING] = read_string,
    [FPLI_DATE] = read_date,
    [FPLI_DURATION] = read_duration,
    [FPLI_COLOR] = read_color,
    [FPLI_TEXT] = read_text,
    [FPLI_STRINGS] = read_strings,
    [FPLI_IDS] = read_ids,
    [FPLI_COUNT] = read_count,
    [FPLI_INTEGER] = read_integer,
    [FPLI_REAL] = read_real,
    [FPLI_YESNO] = read_yesno,
    [FPLI_WORD] = read_word,
    [FPLI_REF] = read_ref,
    [FPLI_REFS] = read_refs,
    [FPLI_CONDITION] = read_condition,
    [FPLI_DECIMALS] = read_decimals,
    [FPLI_CITED] = NULL,
};
