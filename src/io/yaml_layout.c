/* Canonical layout by the field table. Keys stand in the order of the table, keys of the
 * author's own behind them. Lists of records are in block style; where the table says
 * FPLI_LINE each record is one line; scores are matrices. */
#include "io/yaml_layout.h"

#include "io/yaml_emit.h"
#include "io/yaml_read.h"
#include "model/records.h"

#include <string.h>

static void lay_out_field(const fpli_field *field, fpli_yaml_node *node);

/* ---- order ------------------------------------------------------------------------- */

static void link_last(fpli_yaml_node *node, fpli_yaml_entry *entry)
{
    entry->next = NULL;
    if (node->last == NULL)
        node->first = entry;
    else
        node->last->next = entry;
    node->last = entry;
}

/* Move the entry with that key, if there is one, from a chain to the end of the node. */
static void take(fpli_yaml_node *node, fpli_yaml_entry **chain, const char *key)
{
    for (fpli_yaml_entry **at = chain; *at != NULL; at = &(*at)->next) {
        fpli_yaml_entry *entry = *at;
        if (strcmp(entry->key->text, key) != 0) continue;
        *at = entry->next;
        link_last(node, entry);
        return;
    }
}

static void take_fields(const fpli_record *record, int first, fpli_yaml_node *node,
                        fpli_yaml_entry **chain)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type == FPLI_CITED)
            take_fields(field->record, 0, node, chain);
        else
            take(node, chain, field->key);
    }
}

static void order(const fpli_record *record, int first, fpli_yaml_node *node)
{
    fpli_yaml_entry *chain = node->first;
    node->first = node->last = NULL;
    take(node, &chain, "fahrplan");
    take_fields(record, first, node, &chain);
    while (chain != NULL) {
        fpli_yaml_entry *next = chain->next;
        link_last(node, chain);
        chain = next;
    }
}

/* ---- records ----------------------------------------------------------------------- */

static const fpli_field *find(const fpli_record *record, int first, const char *key)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type == FPLI_CITED) {
            const fpli_field *found = find(field->record, 0, key);
            if (found != NULL) return found;
        } else if (strcmp(field->key, key) == 0) {
            return field;
        }
    }
    return NULL;
}

static void lay_out_fields(const fpli_record *record, int first, fpli_yaml_node *node)
{
    order(record, first, node);
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        const fpli_field *field = find(record, first, entry->key->text);
        if (field == NULL)
            fpli_yaml_keep_style(entry->value);
        else
            lay_out_field(field, entry->value);
    }
}

static void lay_out_record(const fpli_field *field, fpli_yaml_node *node)
{
    node->layout = (field->flags & FPLI_LINE) != 0 ? FPLI_YAML_AUTO : FPLI_YAML_BLOCK;
    lay_out_fields(field->record, 0, node);
}

static void lay_out_map(const fpli_field *field, fpli_yaml_node *node)
{
    const fpli_record *record = field->record;
    const fpli_field *value = record->n_fields == 2 ? &record->fields[1] : NULL;
    if (value == NULL || value->type == FPLI_MAP)
        node->layout = FPLI_YAML_BLOCK;
    else
        node->layout = value->type == FPLI_DECIMALS ? FPLI_YAML_MATRIX : FPLI_YAML_AUTO;
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        if (value != NULL)
            lay_out_field(value, entry->value);
        else
            lay_out_fields(record, 1, entry->value);
    }
}

/* ---- scalars and lists of them ----------------------------------------------------- */

static void lay_out_scalars(fpli_yaml_node *node, fpli_yaml_layout layout)
{
    if (node->kind == FPLI_YAML_SCALAR) node->layout = layout;
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next)
        lay_out_scalars(entry->value, layout);
}

/* Places in sources are mostly numbers of sentences or pages: 28, not "28". */
static void lay_out_places(fpli_yaml_node *node)
{
    for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next) {
        const char *text = entry->value->text;
        const size_t length = strlen(text);
        const bool is_number = length > 0 && strspn(text, "0123456789") == length &&
                               (text[0] != '0' || length == 1);
        entry->value->layout = is_number ? FPLI_YAML_BARE : FPLI_YAML_AUTO;
    }
}

static void lay_out_field(const fpli_field *field, fpli_yaml_node *node)
{
    node->layout = FPLI_YAML_AUTO;
    if (fpli_yaml_is_null(node)) {
        node->layout = FPLI_YAML_BARE;
        return;
    }
    switch (field->type) {
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COUNT:
    case FPLI_INTEGER:
    case FPLI_REAL:
    case FPLI_YESNO:
    case FPLI_DECIMALS: lay_out_scalars(node, FPLI_YAML_BARE); break;
    case FPLI_TEXT: lay_out_scalars(node, FPLI_YAML_PROSE); break;
    case FPLI_STRINGS: lay_out_places(node); break;
    case FPLI_RECORD: lay_out_record(field, node); break;
    case FPLI_MAP: lay_out_map(field, node); break;
    case FPLI_RECORDS:
        if (node->kind != FPLI_YAML_LIST) break; /* the name of a file */
        node->layout = FPLI_YAML_BLOCK;
        for (fpli_yaml_entry *entry = node->first; entry != NULL; entry = entry->next)
            lay_out_record(field, entry->value);
        break;
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_COLOR:
    case FPLI_IDS:
    case FPLI_WORD:
    case FPLI_REF:
    case FPLI_REFS:
    case FPLI_CONDITION:
    case FPLI_CITED: break; /* plain or quoted */
    }
}

/* An empty line on both sides of each part of the file that takes several lines. Keys of
 * the author's own do not count: how many lines they take depends on how they stood
 * before. */
static void separate_parts(fpli_yaml_node *root)
{
    bool was_part = false;
    for (fpli_yaml_entry *entry = root->first; entry != NULL; entry = entry->next) {
        const bool is_part = entry->value->layout == FPLI_YAML_BLOCK &&
                             entry->value->n > 0 &&
                             find(&fpli_content_record, 0, entry->key->text) != NULL;
        if (is_part || was_part) {
            bool *blank = entry->before != NULL ? &entry->before->blank_before
                                                : &entry->blank_before;
            *blank = true;
        }
        was_part = is_part;
    }
}

void fpli_yaml_lay_out(fpli_yaml_node *root)
{
    root->layout = FPLI_YAML_BLOCK;
    lay_out_fields(&fpli_content_record, 0, root);
    fpli_yaml_entry *version = fpli_yaml_find(root, "fahrplan");
    if (version != NULL) version->value->layout = FPLI_YAML_BARE;
    separate_parts(root);
}
