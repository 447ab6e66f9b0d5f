/* From a tree to content: records, lists of records and maps, by the field table. Nothing
 * here knows what a measure is. */
#include "io/yaml_read.h"

#include "base/status.h"
#include "base/text.h"
#include "io/number.h"
#include "io/yaml_emit.h"
#include "io/yaml_values.h"

#include <stdio.h>
#include <string.h>

/* ---- keys -------------------------------------------------------------------------- */

/* Of two messages the one with the article that a noun needs in English. */
static const char *with_article(const char *noun, const char *a, const char *an)
{
    return strchr("aeiou", noun[0]) != NULL ? an : a;
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
        n += record->fields[i].type == FPLI_CITED ? record->fields[i].record->n_fields
                                                  : 1;
    return n;
}

static const char *field_key(const void *context, int i)
{
    return field_at(context, i)->key;
}

static fpl_status fail_unknown(const fpli_yaml_reading *r, const fpli_record *record,
                               const fpli_yaml_node *key)
{
    char quoted[FPLI_YAML_QUOTE];
    fpl_status status = fpli_fail_at(
        r->error, FPL_E_SYNTAX, r->name, key->mark,
        with_article(record->name, N_("a %s has no key '%s'"),
                     N_("an %s has no key '%s'")),
        fpli_translated(r->error, record->name), fpli_yaml_quote(key->text, quoted));
    int near = fpli_nearest(key->text, field_key, record, count_fields(record));
    if (strchr(key->text, ':') != NULL)
        fpli_note(r->error, (fpl_mark){0}, "a blank is missing behind ':'");
    else if (near >= 0)
        fpli_note(r->error, (fpl_mark){0},
                  "did you mean '%s'? Keys of your own begin with x-",
                  field_key(record, near));
    else
        fpli_note(r->error, (fpl_mark){0}, "keys of your own begin with x-");
    return status;
}

/* ---- records ----------------------------------------------------------------------- */

static fpli_yaml_reader read_record_value, read_records, read_map;

static fpl_status read_value(fpli_yaml_reading *r, const fpli_field *field,
                             const char *key, const fpli_yaml_node *node, void *member)
{
    switch (field->type) {
    case FPLI_RECORD: return read_record_value(r, field, key, node, member);
    case FPLI_RECORDS: return read_records(r, field, key, node, member);
    case FPLI_MAP: return read_map(r, field, key, node, member);
    default: return fpli_yaml_readers[field->type](r, field, key, node, member);
    }
}

/* One stated key. Whether it is null, empty or something to read. */
static fpl_status read_field(fpli_yaml_reading *r, const fpli_field *field,
                             const fpli_yaml_entry *entry, void *base)
{
    const fpli_yaml_node *value = entry->value;
    const char *key = entry->key->text;
    const bool is_empty = value->kind == FPLI_YAML_SCALAR &&
                          value->style == FPLI_YAML_PLAIN && value->length == 0;
    if (is_empty && field->type != FPLI_COLOR) {
        fpl_status status = fpli_fail_at(r->error, FPL_E_SYNTAX, r->name,
                                         entry->key->mark, "'%s' has no value", key);
        fpli_note(r->error, (fpl_mark){0},
                  "write one after ': ' (with a blank), or leave the key out");
        return status;
    }
    if (fpli_yaml_is_null(value)) {
        if ((field->flags & FPLI_REQUIRED) == 0) return FPL_OK;
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, value->mark,
                            "'%s' must be stated, not null", key);
    }
    return read_value(r, field, key, value, fpli_member(base, field));
}

static fpl_status add_extra(fpli_yaml_reading *r, fpl_head *head, fpli_yaml_entry *entry)
{
    fpl_extra *extra = fpli_list_append(r->arena, &head->extras, sizeof *extra);
    if (extra == NULL) return fpli_no_memory(r->error);
    fpl_status status = fpli_yaml_copy_text(r, entry->key, &extra->key);
    if (status != FPL_OK) return status;
    fpli_buffer buffer = {0};
    fpli_yaml_keep_style(entry->value);
    fpli_yaml_put_flow(&buffer, entry->value);
    if (!buffer.broken)
        extra->value = fpli_arena_text(r->arena, buffer.text, buffer.size);
    fpli_buffer_clear(&buffer);
    return extra->value == NULL ? fpli_no_memory(r->error) : FPL_OK;
}

/* The field with that key from the first-th on; *base becomes the struct it belongs to.
 */
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

static fpl_status check_required(const fpli_yaml_reading *r, const fpli_record *record,
                                 int first, const fpli_yaml_node *node, uint64_t stated)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if ((field->flags & FPLI_REQUIRED) == 0 || (stated >> i & 1) != 0) continue;
        return fpli_fail_at(r->error, FPL_E_SYNTAX, r->name, node->mark,
                            "this %s has no '%s'",
                            fpli_translated(r->error, record->name), field->key);
    }
    return FPL_OK;
}

/* Fields from the first-th on, from a mapping. */
static fpl_status read_fields(fpli_yaml_reading *r, const fpli_record *record, int first,
                              const char *key, const fpli_yaml_node *node, void *base)
{
    if (node->kind != FPLI_YAML_MAP) {
        char due[160];
        snprintf(
            due, sizeof due,
            fpli_translated(
                r->error, with_article(record->name,
                                       N_("a mapping ({key: value}) that states a %s"),
                                       N_("a mapping ({key: value}) that states an %s"))),
            fpli_translated(r->error, record->name));
        return fpli_yaml_fail_value(r, key, node, due);
    }
    uint64_t stated = 0;
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        fpl_status status;
        void *owner = base;
        uint64_t bit = 0;
        const fpli_field *field = find_field(record, first, entry->key->text, &owner,
                                             &bit);
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

static fpl_status read_record_value(fpli_yaml_reading *r, const fpli_field *field,
                                    const char *key, const fpli_yaml_node *node,
                                    void *member)
{
    ((fpl_head *)member)->mark = mark_of(node);
    return read_fields(r, field->record, 0, key, node, member);
}

static fpl_status read_records(fpli_yaml_reading *r, const fpli_field *field,
                               const char *key, const fpli_yaml_node *node, void *member)
{
    char due[160];
    snprintf(due, sizeof due, fpli_translated(r->error, N_("a list of %ss")),
             fpli_translated(r->error, field->record->name));
    return fpli_yaml_read_items(r, field, key, node, member, field->record->size,
                                read_record_value, due);
}

/* The key is the first field; the rest is one value or a mapping of the remaining fields.
 */
static fpl_status read_map(fpli_yaml_reading *r, const fpli_field *field, const char *key,
                           const fpli_yaml_node *node, void *member)
{
    const fpli_record *record = field->record;
    if (node->kind != FPLI_YAML_MAP)
        return fpli_yaml_fail_value(r, key, node, "a mapping ({key: value})");
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        void *item = fpli_list_append(r->arena, member, record->size);
        if (item == NULL) return fpli_no_memory(r->error);
        ((fpl_head *)item)->mark = entry->key->mark;
        const fpli_field *first = &record->fields[0];
        fpl_status status = read_value(r, first, key, entry->key,
                                       fpli_member(item, first));
        if (status != FPL_OK) return status;
        status = record->n_fields == 2
                     ? read_field(r, &record->fields[1], entry, item)
                     : read_fields(r, record, 1, entry->key->text, entry->value, item);
        if (status != FPL_OK) return status;
    }
    return FPL_OK;
}

/* ---- the whole file ---------------------------------------------------------------- */

static fpl_status read_version(fpli_yaml_reading *r, const fpli_yaml_tree *tree)
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
    if (value->kind == FPLI_YAML_SCALAR && fpli_integer_parse(value->text, &version) &&
        version > 1)
        return fpli_fail_at(
            r->error, FPL_E_UNSUPPORTED, r->name, value->mark,
            "this is version %d of the format; this program reads version 1", version);
    return fpli_yaml_fail_value(r, "fahrplan", value, "1, the version of the format");
}

static fpl_status read_file_name(fpli_yaml_reading *r, const fpli_yaml_node *node,
                                 fpl_content *content)
{
    const char *name = node->text;
    bool leaves = name[0] == '/' || strchr(name, '\\') != NULL;
    for (const char *part = name; part != NULL;) {
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            leaves = true;
        part = strchr(part, '/');
        if (part != NULL) part++;
    }
    if (node->length == 0 || leaves)
        return fpli_yaml_fail_value(
            r, "observations", node,
            "a list, or the name of a file in the folder of the model or below");
    return fpli_yaml_copy_text(r, node, &content->observations_file);
}

static bool may_stand(fpli_yaml_role role, const char *key)
{
    static const char *const keys[] = {
        "title", "summary", "sources", "observations", "predictions", "states", "notes"};
    if (role == FPLI_YAML_MODEL || strncmp(key, "x-", 2) == 0) return true;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i], key) == 0) return true;
    return false;
}

static fpl_status read_top(fpli_yaml_reading *r, fpli_yaml_entry *entry,
                           fpli_yaml_role role, fpl_content *content)
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
        fpl_status status = fpli_fail_at(r->error, FPL_E_SYNTAX, r->name,
                                         entry->key->mark,
                                         "a file of observations cannot hold '%s'", key);
        fpli_note(r->error, (fpl_mark){0}, "move it to the model's own file");
        return status;
    }
    if (role == FPLI_YAML_MODEL && strcmp(key, "observations") == 0 &&
        value->kind == FPLI_YAML_SCALAR && value->length > 0 && !fpli_yaml_is_null(value))
        return read_file_name(r, value, content);
    return read_field(r, field, entry, content);
}

fpl_status fpli_yaml_to_content(fpli_arena *arena, const fpli_yaml_tree *tree,
                                const char *name, fpli_yaml_role role,
                                fpl_content *content, fpl_error *error)
{
    fpli_yaml_reading r = {.arena = arena, .name = name, .error = error};
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
