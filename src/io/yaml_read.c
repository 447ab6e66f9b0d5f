/* From a tree to content. One function for each type of the field table; records, lists and maps
 * recurse. Nothing here knows what a measure is. */
#include "io/yaml_read.h"

#include "base/status.h"
#include "base/text.h"
#include "io/number.h"
#include "io/yaml_emit.h"
#include "model/records.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { QUOTE_CHARACTERS = 40, QUOTE_BYTES = 4 * QUOTE_CHARACTERS + 8 };

typedef struct reading {
    fpli_arena *arena;
    const char *name;
    fpl_error *error;
} reading;

/* ---- complaints -------------------------------------------------------------------------- */

static const char *cut(const char *text, char out[QUOTE_BYTES])
{
    size_t at = 0, size = strlen(text);
    for (int i = 0; i < QUOTE_CHARACTERS && at < size; i++)
        at += (size_t)fpli_utf8_next(text + at, size - at, NULL);
    snprintf(out, QUOTE_BYTES, "%.*s%s", (int)at, text, at < size ? "..." : "");
    return out;
}

/* "'lag' must be a whole number from 0 to 9, not 'x'" */
static fpl_status fail_value(const reading *r, const char *key, const fpli_yaml_node *node,
                             const char *due)
{
    char quoted[QUOTE_BYTES];
    if (node->kind != FPLI_YAML_SCALAR)
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, node->mark,
                            "'%s' must be %s, not a %s", key, due,
                            node->kind == FPLI_YAML_LIST ? "list" : "mapping");
    return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, node->mark, "'%s' must be %s, not '%s'",
                        key, due, cut(node->text, quoted));
}

static const char *word_name(const void *context, int i)
{
    return ((const fpli_word *)context)[i].word;
}

static const char *article(const char *noun)
{
    return strchr("aeiou", noun[0]) != NULL ? "an" : "a";
}

/* "driver, choice or outcome" */
static void list_words(const fpli_word *words, char *out, size_t room)
{
    size_t used = 0;
    for (int i = 0; words[i].word != NULL && used < room; i++) {
        const char *link = i == 0 ? "" : words[i + 1].word == NULL ? " or " : ", ";
        used += (size_t)snprintf(out + used, room - used, "%s%s", link, words[i].word);
    }
}

/* The record's own fields with those of a citation in place. */
static const fpli_field *field_at(const fpli_record *record, int index)
{
    for (int i = 0; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type != FPLI_CITED) {
            if (index-- == 0) return field;
        } else {
            if (index < field->record->n_fields) return &field->record->fields[index];
            index -= field->record->n_fields;
        }
    }
    return NULL;
}

static int count_fields(const fpli_record *record)
{
    int n = 0;
    for (int i = 0; i < record->n_fields; i++)
        n += record->fields[i].type == FPLI_CITED ? record->fields[i].record->n_fields : 1;
    return n;
}

static const char *field_key(const void *context, int i)
{
    return field_at(context, i)->key;
}

static fpl_status fail_unknown(const reading *r, const fpli_record *record,
                               const fpli_yaml_node *key)
{
    char quoted[QUOTE_BYTES];
    fpl_status status = fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, key->mark,
                                     "%s %s has no key '%s'", article(record->name),
                                     record->name, cut(key->text, quoted));
    int near = fpli_nearest(key->text, field_key, record, count_fields(record));
    if (strchr(key->text, ':') != NULL)
        fpli_note(r->error, (fpl_mark){0}, "a blank is missing behind ':'");
    else if (near >= 0)
        fpli_note(r->error, (fpl_mark){0}, "did you mean '%s'? Keys of your own begin with x-",
                  field_key(record, near));
    else
        fpli_note(r->error, (fpl_mark){0}, "keys of your own begin with x-");
    return status;
}

/* ---- scalars ----------------------------------------------------------------------------- */

typedef fpl_status value_reader(reading *r, const fpli_field *field, const char *key,
                                const fpli_yaml_node *node, void *member);

bool fpli_yaml_is_null(const fpli_yaml_node *node)
{
    return node->kind == FPLI_YAML_SCALAR && node->style == FPLI_YAML_PLAIN &&
           (strcmp(node->text, "null") == 0 || strcmp(node->text, "~") == 0);
}

static fpl_status copy_text(reading *r, const fpli_yaml_node *node, const char **copy)
{
    *copy = fpli_arena_text(r->arena, node->text, node->length);
    return *copy == NULL ? fpli_no_memory(r->error) : FPL_OK;
}

/* A scalar that satisfies `is_due`, NULL for any; its text goes to *copy. */
static fpl_status read_checked(reading *r, const char *key, const fpli_yaml_node *node,
                               bool (*is_due)(const char *text), const char *due,
                               const char **copy)
{
    if (node->kind != FPLI_YAML_SCALAR || (is_due != NULL && !is_due(node->text)))
        return fail_value(r, key, node, due);
    return copy_text(r, node, copy);
}

static const char id_due[] = "an id (a letter, then letters, digits, '_', '-' or '.')";

static fpl_status read_id(reading *r, const fpli_field *field, const char *key,
                          const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, fpli_is_id, id_due, member);
}

static fpl_status read_string(reading *r, const fpli_field *field, const char *key,
                              const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, NULL, "a text", member);
}

/* Digits at *at as a number of exactly n digits; *at moves behind them. -1 if they are not. */
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

static fpl_status read_date(reading *r, const fpli_field *field, const char *key,
                            const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, is_date, "a date (2024, 2024-04 or 2024-04-26)", member);
}

static bool is_duration(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 7 && text[digits] != '\0' &&
           strchr("dwmy", text[digits]) != NULL && text[digits + 1] == '\0';
}

static fpl_status read_duration(reading *r, const fpli_field *field, const char *key,
                                const fpli_yaml_node *node, void *member)
{
    (void)field;
    return read_checked(r, key, node, is_duration, "a duration (30d, 6w, 3m or 1y)", member);
}

static bool is_color(const char *text)
{
    return text[0] == '#' && strspn(text + 1, "0123456789abcdefABCDEF") == 6 && text[7] == '\0';
}

static fpl_status read_color(reading *r, const fpli_field *field, const char *key,
                             const fpli_yaml_node *node, void *member)
{
    (void)field;
    fpl_status status = read_checked(r, key, node, is_color, "a colour (\"#0072B2\")", member);
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

static fpl_status add_phrase(reading *r, const fpli_yaml_node *language,
                             const fpli_yaml_node *node, fpl_text *text)
{
    fpl_phrase *phrase = fpli_list_append(r->arena, text, sizeof *phrase);
    if (phrase == NULL) return fpli_no_memory(r->error);
    phrase->language = "";
    fpl_status status = FPL_OK;
    if (language != NULL) status = copy_text(r, language, &phrase->language);
    return status == FPL_OK ? copy_text(r, node, &phrase->text) : status;
}

static fpl_status read_text(reading *r, const fpli_field *field, const char *key,
                            const fpli_yaml_node *node, void *member)
{
    (void)field;
    if (node->kind == FPLI_YAML_SCALAR) return add_phrase(r, NULL, node, member);
    if (node->kind == FPLI_YAML_LIST)
        return fail_value(r, key, node, "a text or a mapping of languages to texts");
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        if (!is_language(entry->key->text))
            return fail_value(r, key, entry->key, "a text, or a mapping of languages (en, de)");
        if (entry->value->kind != FPLI_YAML_SCALAR)
            return fail_value(r, entry->key->text, entry->value, "a text");
        fpl_status status = add_phrase(r, entry->key, entry->value, member);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status read_count(reading *r, const fpli_field *field, const char *key,
                             const fpli_yaml_node *node, void *member)
{
    (void)field;
    int value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_integer_parse(node->text, &value) || value < 0)
        return fail_value(r, key, node, "a whole number, 0 or more");
    *(int *)member = value;
    return FPL_OK;
}

static fpl_status read_integer(reading *r, const fpli_field *field, const char *key,
                               const fpli_yaml_node *node, void *member)
{
    fpl_integer *integer = member;
    int value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_integer_parse(node->text, &value) ||
        value < field->low || value > field->high) {
        char due[80];
        snprintf(due, sizeof due, "a whole number from %d to %d", field->low, field->high);
        return fail_value(r, key, node, due);
    }
    *integer = (fpl_integer){.value = value, .stated = true};
    return FPL_OK;
}

static fpl_status read_real(reading *r, const fpli_field *field, const char *key,
                            const fpli_yaml_node *node, void *member)
{
    fpl_real *real = member;
    double value;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_real_parse(node->text, &value) ||
        value < field->low || value > field->high) {
        char due[80];
        snprintf(due, sizeof due, "a number from %d to %d", field->low, field->high);
        return fail_value(r, key, node, due);
    }
    *real = (fpl_real){.value = value, .stated = true};
    return FPL_OK;
}

static fpl_status read_yesno(reading *r, const fpli_field *field, const char *key,
                             const fpli_yaml_node *node, void *member)
{
    static const fpli_word words[] = {{"true", FPL_YES}, {"yes", FPL_YES}, {"false", FPL_NO},
                                      {"no", FPL_NO},    {NULL, 0}};
    (void)field;
    for (const fpli_word *word = words; word->word != NULL; word++) {
        if (node->kind != FPLI_YAML_SCALAR || strcmp(word->word, node->text) != 0) continue;
        *(fpl_tristate *)member = (fpl_tristate)word->value;
        return FPL_OK;
    }
    return fail_value(r, key, node, "true or false");
}

static fpl_status read_word(reading *r, const fpli_field *field, const char *key,
                            const fpli_yaml_node *node, void *member)
{
    int n = 0;
    for (; field->words[n].word != NULL; n++) {
        if (node->kind != FPLI_YAML_SCALAR || strcmp(field->words[n].word, node->text) != 0)
            continue;
        memcpy(member, &field->words[n].value, sizeof(int));
        return FPL_OK;
    }
    char due[160];
    list_words(field->words, due, sizeof due);
    fpl_status status = fail_value(r, key, node, due);
    int near = node->kind == FPLI_YAML_SCALAR
                   ? fpli_nearest(node->text, word_name, field->words, n)
                   : -1;
    if (near >= 0)
        fpli_note(r->error, (fpl_mark){0}, "did you mean '%s'?", field->words[near].word);
    return status;
}

static fpl_status read_ref(reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    (void)field;
    fpl_ref *ref = member;
    ref->mark = node->mark;
    ref->index = -1;
    return read_checked(r, key, node, fpli_is_id, id_due, &ref->id);
}

static fpl_status read_condition(reading *r, const fpli_field *field, const char *key,
                                 const fpli_yaml_node *node, void *member)
{
    (void)field;
    fpl_condition *condition = member;
    condition->mark = node->mark;
    return read_checked(r, key, node, NULL, "a formula", &condition->text);
}

/* ---- lists of scalars -------------------------------------------------------------------- */

static fpl_status read_items(reading *r, const fpli_field *field, const char *key,
                             const fpli_yaml_node *node, void *list, size_t size,
                             value_reader *read, const char *due)
{
    if (node->kind != FPLI_YAML_LIST) return fail_value(r, key, node, due);
    for (const fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        void *item = fpli_list_append(r->arena, list, size);
        if (item == NULL) return fpli_no_memory(r->error);
        fpl_status status = read(r, field, key, entry->value, item);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

static fpl_status read_strings(reading *r, const fpli_field *field, const char *key,
                               const fpli_yaml_node *node, void *member)
{
    return read_items(r, field, key, node, member, sizeof(const char *), read_string,
                      "a list ([28, 37])");
}

static fpl_status read_ids(reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    return read_items(r, field, key, node, member, sizeof(const char *), read_id, "a list of ids");
}

static fpl_status read_refs(reading *r, const fpli_field *field, const char *key,
                            const fpli_yaml_node *node, void *member)
{
    return read_items(r, field, key, node, member, sizeof(fpl_ref), read_ref, "a list of ids");
}

static fpl_status read_decimal(reading *r, const fpli_field *field, const char *key,
                               const fpli_yaml_node *node, void *member)
{
    (void)field;
    if (node->kind != FPLI_YAML_SCALAR || !fpli_decimal_parse(node->text, member))
        return fail_value(r, key, node, "made of numbers with at most four places");
    return FPL_OK;
}

static fpl_status read_decimals(reading *r, const fpli_field *field, const char *key,
                                const fpli_yaml_node *node, void *member)
{
    return read_items(r, field, key, node, member, sizeof(fpl_decimal), read_decimal,
                      "a list of numbers");
}

/* ---- records ----------------------------------------------------------------------------- */

static value_reader read_record_value, read_records, read_map;

static value_reader *const readers[] = {
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
    [FPLI_RECORD] = read_record_value,
    [FPLI_RECORDS] = read_records,
    [FPLI_MAP] = read_map,
};

/* One stated key. Whether it is null, empty or something to read. */
static fpl_status read_field(reading *r, const fpli_field *field, const fpli_yaml_entry *entry,
                             void *base)
{
    const fpli_yaml_node *value = entry->value;
    const char *key = entry->key->text;
    const bool is_empty = value->kind == FPLI_YAML_SCALAR && value->style == FPLI_YAML_PLAIN &&
                          value->length == 0;
    if (is_empty && field->type != FPLI_COLOR) {
        fpl_status status = fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, entry->key->mark,
                                         "'%s' has no value", key);
        fpli_note(r->error, (fpl_mark){0},
                  "write one after ': ' (with a blank), or leave the key out");
        return status;
    }
    if (fpli_yaml_is_null(value)) {
        if ((field->flags & FPLI_REQUIRED) == 0) return FPL_OK;
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, value->mark,
                            "'%s' must be stated, not null", key);
    }
    return readers[field->type](r, field, key, value, fpli_member(base, field));
}

static fpl_status add_extra(reading *r, fpl_head *head, fpli_yaml_entry *entry)
{
    fpl_extra *extra = fpli_list_append(r->arena, &head->extras, sizeof *extra);
    if (extra == NULL) return fpli_no_memory(r->error);
    fpl_status status = copy_text(r, entry->key, &extra->key);
    if (status != FPL_OK) return status;
    fpli_buffer buffer = {0};
    fpli_yaml_keep_style(entry->value);
    fpli_yaml_put_flow(&buffer, entry->value);
    if (!buffer.broken) extra->value = fpli_arena_text(r->arena, buffer.text, buffer.size);
    fpli_buffer_clear(&buffer);
    return extra->value == NULL ? fpli_no_memory(r->error) : FPL_OK;
}

/* The field with that key from the first-th on; *base becomes the struct it belongs to. */
static const fpli_field *find_field(const fpli_record *record, int first, const char *key,
                                    void **base, uint64_t *bit)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type == FPLI_CITED) {
            void *cited = fpli_member(*base, field);
            uint64_t ignored;
            const fpli_field *found = find_field(field->record, 0, key, &cited, &ignored);
            if (found == NULL) continue;
            *base = cited;
            *bit = 0;
            return found;
        }
        if (strcmp(field->key, key) != 0) continue;
        *bit = UINT64_C(1) << i;
        return field;
    }
    return NULL;
}

static fpl_status check_required(const reading *r, const fpli_record *record, int first,
                                 const fpli_yaml_node *node, uint64_t stated)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if ((field->flags & FPLI_REQUIRED) == 0 || (stated >> i & 1) != 0) continue;
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, node->mark,
                            "this %s has no '%s'", record->name, field->key);
    }
    return FPL_OK;
}

/* Fields from the first-th on, from a mapping. */
static fpl_status read_fields(reading *r, const fpli_record *record, int first,
                              const char *key, const fpli_yaml_node *node, void *base)
{
    if (node->kind != FPLI_YAML_MAP) {
        char due[80];
        snprintf(due, sizeof due, "a mapping ({key: value}) that states %s %s",
                 article(record->name), record->name);
        return fail_value(r, key, node, due);
    }
    uint64_t stated = 0;
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        fpl_status status;
        void *owner = base;
        uint64_t bit = 0;
        const fpli_field *field = find_field(record, first, entry->key->text, &owner, &bit);
        if (field != NULL)
            status = read_field(r, field, entry, owner);
        else if (strncmp(entry->key->text, "x-", 2) == 0)
            status = add_extra(r, base, entry);
        else
            status = fail_unknown(r, record, entry->key);
        if (status != FPL_OK) return status;
        stated |= bit;
    }
    return check_required(r, record, first, node, stated);
}

/* A record stands where its id stands; without an id, where it begins. */
static fpl_mark mark_of(const fpli_yaml_node *node)
{
    const fpli_yaml_entry *id = fpli_yaml_find(node, "id");
    return id == NULL ? node->mark : id->value->mark;
}

static fpl_status read_record_value(reading *r, const fpli_field *field, const char *key,
                                    const fpli_yaml_node *node, void *member)
{
    ((fpl_head *)member)->mark = mark_of(node);
    return read_fields(r, field->record, 0, key, node, member);
}

static fpl_status read_records(reading *r, const fpli_field *field, const char *key,
                               const fpli_yaml_node *node, void *member)
{
    char due[80];
    snprintf(due, sizeof due, "a list of %ss", field->record->name);
    return read_items(r, field, key, node, member, field->record->size, read_record_value, due);
}

/* The key is the first field; the rest is one value or a mapping of the remaining fields. */
static fpl_status read_map(reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    const fpli_record *record = field->record;
    if (node->kind != FPLI_YAML_MAP) return fail_value(r, key, node, "a mapping ({key: value})");
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        void *item = fpli_list_append(r->arena, member, record->size);
        if (item == NULL) return fpli_no_memory(r->error);
        ((fpl_head *)item)->mark = entry->key->mark;
        const fpli_field *first = &record->fields[0];
        fpl_status status =
            readers[first->type](r, first, key, entry->key, fpli_member(item, first));
        if (status != FPL_OK) return status;
        status = record->n_fields == 2
                     ? read_field(r, &record->fields[1], entry, item)
                     : read_fields(r, record, 1, entry->key->text, entry->value, item);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* ---- the whole file ---------------------------------------------------------------------- */

static fpl_status read_version(reading *r, const fpli_yaml_tree *tree)
{
    const fpli_yaml_entry *first = tree->root->first;
    if (first == NULL || strcmp(first->key->text, "fahrplan") != 0) {
        fpl_mark mark = first == NULL ? tree->root->mark : first->key->mark;
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, mark,
                            "a model begins with 'fahrplan: 1'");
    }
    const fpli_yaml_node *value = first->value;
    if (value->kind == FPLI_YAML_SCALAR && strcmp(value->text, "1") == 0) return FPL_OK;
    int version;
    if (value->kind == FPLI_YAML_SCALAR && fpli_integer_parse(value->text, &version) && version > 1)
        return fpli_fail_at(r->error, FPL_E_UNSUPPORTED, r->name, value->mark,
                            "this is version %d of the format; this program reads version 1",
                            version);
    return fail_value(r, "fahrplan", value, "1, the version of the format");
}

static fpl_status read_file_name(reading *r, const fpli_yaml_node *node, fpl_content *content)
{
    const char *name = node->text;
    bool leaves = name[0] == '/' || strchr(name, '\\') != NULL;
    for (const char *part = name; part != NULL;) {
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) leaves = true;
        part = strchr(part, '/');
        if (part != NULL) part++;
    }
    if (node->length == 0 || leaves)
        return fail_value(r, "observations", node,
                          "a list, or the name of a file in the folder of the model or below");
    return copy_text(r, node, &content->observations_file);
}

static bool may_stand(fpli_yaml_role role, const char *key)
{
    static const char *const keys[] = {"title",       "summary", "sources", "observations",
                                       "predictions", "states",  "notes"};
    if (role == FPLI_YAML_MODEL || strncmp(key, "x-", 2) == 0) return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0) return true;
    return false;
}

static fpl_status read_top(reading *r, fpli_yaml_entry *entry, fpli_yaml_role role,
                           fpl_content *content)
{
    const char *key = entry->key->text;
    const fpli_yaml_node *value = entry->value;
    void *base = content;
    uint64_t bit;
    const fpli_field *field = find_field(&fpli_content_record, 0, key, &base, &bit);
    if (field == NULL && strncmp(key, "x-", 2) == 0)
        return add_extra(r, &content->head, entry);
    if (field == NULL) return fail_unknown(r, &fpli_content_record, entry->key);
    if (!may_stand(role, key)) {
        fpl_status status = fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, entry->key->mark,
                                         "a file of observations cannot hold '%s'", key);
        fpli_note(r->error, (fpl_mark){0}, "move it to the model's own file");
        return status;
    }
    if (role == FPLI_YAML_MODEL && strcmp(key, "observations") == 0 &&
        value->kind == FPLI_YAML_SCALAR && value->length > 0 && !fpli_yaml_is_null(value))
        return read_file_name(r, value, content);
    return read_field(r, field, entry, content);
}

fpl_status fpli_yaml_to_content(fpli_arena *arena, const fpli_yaml_tree *tree, const char *name,
                                fpli_yaml_role role, fpl_content *content, fpl_error *error)
{
    reading r = {.arena = arena, .name = name, .error = error};
    fpl_status status = read_version(&r, tree);
    if (status != FPL_OK) return status;
    content->head.mark = tree->root->mark;
    for (fpli_yaml_entry *entry = tree->root->first->next; entry != NULL;
         entry = entry->next) {
        status = read_top(&r, entry, role, content);
        if (status != FPL_OK) return status;
    }
    return check_required(&r, &fpli_content_record, 0, tree->root, UINT64_MAX);
}
