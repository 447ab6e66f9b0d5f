/* From a model to a tree by the field table; layout and emitter, which the formatter uses
 * too, do the rest. Fields that hold nothing are left out unless they are required. */
#include "base/status.h"
#include "io/io.h"
#include "io/number.h"
#include "io/yaml_emit.h"
#include "io/yaml_layout.h"
#include "model/records.h"

#include <string.h>

typedef struct writing {
    fpli_arena *arena;
    bool no_memory;
    const char
        *mixed; /* a text that is stated without a language and with some; NULL: none */
} writing;

static fpli_yaml_node *make_fields(writing *w, const fpli_record *record, int first,
                                   const void *base, fpli_yaml_node *node);

/* ---- values ------------------------------------------------------------------------ */

static fpli_yaml_node *checked(writing *w, fpli_yaml_node *node)
{
    if (node == NULL) w->no_memory = true;
    return node;
}

static fpli_yaml_node *make(writing *w, fpli_yaml_kind kind)
{
    return checked(w, fpli_yaml_new(w->arena, kind));
}

/* text NULL: null. */
static fpli_yaml_node *scalar(writing *w, const char *text)
{
    fpli_yaml_style style = text == NULL ? FPLI_YAML_PLAIN : FPLI_YAML_DOUBLE;
    if (text == NULL) text = "null";
    fpli_yaml_node *node = checked(w, fpli_yaml_scalar(w->arena, text, strlen(text)));
    if (node != NULL) node->style = style;
    return node;
}

/* key NULL: an item of a list. */
static void add(writing *w, fpli_yaml_node *parent, const char *key,
                fpli_yaml_node *value)
{
    fpli_yaml_node *name = key == NULL ? NULL : scalar(w, key);
    if (w->no_memory || parent == NULL || value == NULL) return;
    if (fpli_yaml_append(w->arena, parent, name, value) == NULL) w->no_memory = true;
}

static fpli_yaml_node *make_text(writing *w, const fpl_text *text)
{
    if (text->n == 1 && text->items[0].language[0] == '\0')
        return scalar(w, text->items[0].text);
    fpli_yaml_node *map = make(w, FPLI_YAML_MAP);
    for (int i = 0; i < text->n; i++) {
        if (text->items[i].language[0] == '\0') w->mixed = text->items[i].text;
        add(w, map, text->items[i].language, scalar(w, text->items[i].text));
    }
    return map;
}

static fpli_yaml_node *make_strings(writing *w, const fpl_strings *strings)
{
    fpli_yaml_node *list = make(w, FPLI_YAML_LIST);
    for (int i = 0; i < strings->n; i++) add(w, list, NULL, scalar(w, strings->items[i]));
    return list;
}

static fpli_yaml_node *make_refs(writing *w, const fpl_refs *refs)
{
    fpli_yaml_node *list = make(w, FPLI_YAML_LIST);
    for (int i = 0; i < refs->n; i++) add(w, list, NULL, scalar(w, refs->items[i].id));
    return list;
}

static fpli_yaml_node *make_decimal(writing *w, fpl_decimal value)
{
    char text[FPLI_NUMBER_TEXT];
    fpli_decimal_text(value, text);
    return scalar(w, text);
}

static fpli_yaml_node *make_decimals(writing *w, const fpli_list *values)
{
    fpli_yaml_node *list = make(w, FPLI_YAML_LIST);
    const fpl_decimal *items = values->items;
    for (int i = 0; i < values->n; i++) add(w, list, NULL, make_decimal(w, items[i]));
    return list;
}

static fpli_yaml_node *make_real(writing *w, double value)
{
    char text[FPLI_NUMBER_TEXT];
    fpli_real_text(value, text);
    return scalar(w, text);
}

static fpli_yaml_node *make_count(writing *w, int value)
{
    return make_decimal(w, (fpl_decimal){.value = value, .places = 0});
}

/* ---- records ----------------------------------------------------------------------- */

static fpli_yaml_node *make_records(writing *w, const fpli_field *field,
                                    const fpli_list *list)
{
    fpli_yaml_node *node = make(w, FPLI_YAML_LIST);
    for (int i = 0; i < list->n; i++) {
        const void *item = (const char *)list->items + (size_t)i * field->record->size;
        add(w, node, NULL,
            make_fields(w, field->record, 0, item, make(w, FPLI_YAML_MAP)));
    }
    return node;
}

static fpli_yaml_node *make_value(writing *w, const fpli_field *field,
                                  const void *member);

/* The first field is the key; one more is the value, several are a mapping. */
static fpli_yaml_node *make_map(writing *w, const fpli_field *field,
                                const fpli_list *list)
{
    const fpli_record *record = field->record;
    fpli_yaml_node *node = make(w, FPLI_YAML_MAP);
    for (int i = 0; i < list->n; i++) {
        const char *item = (const char *)list->items + (size_t)i * record->size;
        const fpli_field *key = &record->fields[0], *value = &record->fields[1];
        const char *name = key->type == FPLI_REF
                               ? ((const fpl_ref *)(item + key->offset))->id
                               : *(const char *const *)(item + key->offset);
        add(w, node, name,
            record->n_fields == 2
                ? make_value(w, value, item + value->offset)
                : make_fields(w, record, 1, item, make(w, FPLI_YAML_MAP)));
    }
    return node;
}

static fpli_yaml_node *make_value(writing *w, const fpli_field *field, const void *member)
{
    switch (field->type) {
    case FPLI_ID:
    case FPLI_STRING:
    case FPLI_DATE:
    case FPLI_DURATION:
    case FPLI_COLOR: return scalar(w, *(const char *const *)member);
    case FPLI_TEXT: return make_text(w, member);
    case FPLI_STRINGS:
    case FPLI_IDS: return make_strings(w, member);
    case FPLI_COUNT: return make_count(w, *(const int *)member);
    case FPLI_INTEGER: {
        const fpl_integer *integer = member;
        return integer->stated ? make_count(w, integer->value) : scalar(w, NULL);
    }
    case FPLI_REAL: {
        const fpl_real *real = member;
        return real->stated ? make_real(w, real->value) : scalar(w, NULL);
    }
    case FPLI_YESNO:
        return scalar(w, *(const fpl_tristate *)member == FPL_YES ? "true" : "false");
    case FPLI_WORD: return scalar(w, fpli_word_of(field->words, *(const int *)member));
    case FPLI_REF: return scalar(w, ((const fpl_ref *)member)->id);
    case FPLI_REFS: return make_refs(w, member);
    case FPLI_CONDITION: return scalar(w, ((const fpl_condition *)member)->text);
    case FPLI_DECIMALS: return make_decimals(w, member);
    case FPLI_RECORDS: return make_records(w, field, member);
    case FPLI_MAP: return make_map(w, field, member);
    case FPLI_RECORD:
        return make_fields(w, field->record, 0, member, make(w, FPLI_YAML_MAP));
    case FPLI_CITED: break; /* its fields stand in the record: make_fields */
    }
    return NULL;
}

/* The value of a key of the author's own is YAML; a text that is not is kept as a text.
 */
static fpli_yaml_node *make_extra(writing *w, const char *value)
{
    fpli_buffer line = {0};
    fpli_putf(&line, "value: %s", value);
    const char *text = line.broken ? NULL
                                   : fpli_arena_text(w->arena, line.text, line.size);
    const size_t size = line.size;
    fpli_buffer_clear(&line);
    fpli_yaml_tree tree;
    if (text == NULL) return checked(w, NULL);
    fpl_status status = fpli_yaml_parse(w->arena, text, size, "", 0, &tree, NULL);
    if (status == FPL_E_MEMORY) return checked(w, NULL);
    return status == FPL_OK && tree.root->n == 1 ? tree.root->first->value
                                                 : scalar(w, value);
}

static fpli_yaml_node *make_fields(writing *w, const fpli_record *record, int first,
                                   const void *base, fpli_yaml_node *node)
{
    for (int i = first; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        const void *member = (const char *)base + field->offset;
        if (field->type == FPLI_CITED)
            make_fields(w, field->record, 0, member, node);
        else if ((field->flags & FPLI_REQUIRED) != 0 || !fpli_field_is_empty(field, base))
            add(w, node, field->key, make_value(w, field, member));
    }
    if (record == &fpli_citation_record) return node; /* the one record without a head */
    const fpl_head *head = base;
    for (int i = 0; i < head->extras.n; i++)
        add(w, node, head->extras.items[i].key,
            make_extra(w, head->extras.items[i].value));
    return node;
}

/* ---- the whole file ---------------------------------------------------------------- */

fpl_status fpli_yaml_write(const fpl_model *model, const fpl_save_options *options,
                           char **text, size_t *size, fpl_error *error)
{
    const fpl_content *content = fpl_model_content(model);
    fpli_buffer buffer = {0};
    fpl_status status = FPL_OK;
    writing w = {.arena = fpli_arena_new()};
    if (w.arena == NULL) FPL_TRY(fpli_no_memory(error));
    fpli_yaml_node *root = make(&w, FPLI_YAML_MAP);
    add(&w, root, "fahrplan", scalar(&w, "1"));
    make_fields(&w, &fpli_content_record, 0, content, root);
    if (w.no_memory) FPL_TRY(fpli_no_memory(error));
    if (w.mixed != NULL)
        FPL_TRY(
            fpli_fail(error, FPL_E_UNSUPPORTED,
                      "the text '%s' is stated without a language beside others with one",
                      w.mixed));
    if (content->observations_file != NULL)
        fpli_tell(options->notice, options->context, error, fpl_model_file(model),
                  (fpl_mark){0},
                  "what stands in '%s' is now part of the model's own file",
                  content->observations_file);
    fpli_yaml_lay_out(root);
    fpli_yaml_emit(&buffer, root);
    FPL_TRY(fpli_buffer_take(&buffer, text, size, error));
out:
    fpli_buffer_clear(&buffer);
    fpli_arena_free(w.arena);
    return status;
}
