/* The document tree: values, sections, tables, in one arena. Growing arrays double inside the arena;
 * what they leave behind goes with the document. */
#include "output/document.h"

#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void *keep(fpl_document *document, size_t n, size_t size)
{
    if (document == NULL || document->status != FPL_OK) return NULL;
    void *block = fpli_arena_alloc(document->arena, n, size);
    if (block == NULL) document->status = FPL_E_MEMORY;
    return block;
}

/* A copy in which every byte that is not UTF-8 has become U+FFFD. */
static const char *keep_text(fpl_document *document, const char *text)
{
    if (text == NULL || document == NULL) return NULL;
    size_t size = strlen(text), broken = 0;
    for (size_t at = 0; at < size;) {
        int length = fpli_utf8_next(text + at, size - at, NULL);
        broken += length == 0;
        at += length == 0 ? 1 : (size_t)length;
    }
    char *copy = keep(document, size + 2 * broken + 1, 1);
    if (copy == NULL) return NULL;
    char *end = copy;
    for (size_t at = 0; at < size;) {
        int length = fpli_utf8_next(text + at, size - at, NULL);
        memcpy(end, length == 0 ? "\xEF\xBF\xBD" : text + at,
               length == 0 ? 3 : (size_t)length);
        end += length == 0 ? 3 : length;
        at += length == 0 ? 1 : (size_t)length;
    }
    return copy;
}

/* A copy for people only, without what a terminal would obey. */
static const char *keep_plain(fpl_document *document, const char *text)
{
    if (text == NULL || document == NULL) return NULL;
    fpli_buffer plain = {0};
    fpli_put_plain(&plain, text, false);
    fpli_put(&plain, "");
    const char *kept = plain.broken ? NULL : keep_text(document, plain.text);
    if (plain.broken) document->status = FPL_E_MEMORY;
    fpli_buffer_clear(&plain);
    return kept;
}

/* Room for one more in an array that lives in the arena. */
static bool grow(fpl_document *document, void *array, size_t n, size_t capacity,
                 size_t size)
{
    void **items = array;
    if (n < capacity) return true;
    void *larger = keep(document, capacity == 0 ? 4 : capacity * 2, size);
    if (larger == NULL) return false;
    if (n > 0) memcpy(larger, *items, n * size);
    *items = larger;
    return true;
}

const char *fpli_textf(fpl_document *document, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : keep(document, (size_t)length + 1, 1);
    if (text != NULL) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text == NULL ? "" : text;
}

/* ---- values -------------------------------------------------------------------------------- */

static fpl_value *value_new(fpl_document *document, fpli_value_kind kind)
{
    fpl_value *value = keep(document, 1, sizeof *value);
    if (value == NULL) return NULL;
    value->document = document;
    value->kind = kind;
    return value;
}

fpl_value *fpl_value_null(fpl_document *document)
{
    return value_new(document, FPLI_VALUE_NULL);
}

static fpl_value *value_integer(fpl_document *document, fpli_value_kind kind,
                                int64_t integer)
{
    fpl_value *value = value_new(document, kind);
    if (value != NULL) value->integer = integer;
    return value;
}

fpl_value *fpl_value_bool(fpl_document *document, bool boolean)
{
    return value_integer(document, FPLI_VALUE_BOOL, boolean);
}

fpl_value *fpl_value_int(fpl_document *document, int64_t integer)
{
    return value_integer(document, FPLI_VALUE_INT, integer);
}

fpl_value *fpl_value_fraction(fpl_document *document, int64_t integer, int denominator)
{
    if (denominator <= 1) return fpl_value_int(document, integer);
    if (integer % denominator == 0) return fpl_value_int(document, integer / denominator);
    fpl_value *value = value_integer(document, FPLI_VALUE_FRACTION, integer);
    if (value != NULL) value->denominator = denominator;
    return value;
}

fpl_value *fpl_value_real(fpl_document *document, double real)
{
    fpl_value *value = value_new(document, FPLI_VALUE_REAL);
    if (value != NULL) value->real = real;
    return value;
}

fpl_value *fpl_value_text(fpl_document *document, const char *text)
{
    fpl_value *value = value_new(document, FPLI_VALUE_TEXT);
    if (value != NULL) value->text = keep_text(document, text == NULL ? "" : text);
    return value;
}

fpl_value *fpl_value_count(fpl_document *document, const fpl_count *count)
{
    char *digits = NULL;
    if (document == NULL || document->status != FPL_OK) return NULL;
    document->status = fpl_count_digits(count, &digits);
    fpl_value *value = value_new(document, FPLI_VALUE_COUNT);
    if (value != NULL) value->text = keep_text(document, digits);
    fpl_string_free(digits);
    return value;
}

fpl_value *fpl_value_list(fpl_document *document)
{
    return value_new(document, FPLI_VALUE_LIST);
}

fpl_value *fpl_value_map(fpl_document *document)
{
    return value_new(document, FPLI_VALUE_MAP);
}

static void append(fpl_value *container, const char *key, fpl_value *item)
{
    size_t n = (size_t)container->n, capacity = (size_t)container->capacity;
    fpl_document *document = container->document;
    if (!grow(document, &container->items, n, capacity, sizeof *container->items)) return;
    if (key != NULL &&
        !grow(document, &container->keys, n, capacity, sizeof *container->keys))
        return;
    if (n == capacity) container->capacity = capacity == 0 ? 4 : (int)capacity * 2;
    if (key != NULL) container->keys[n] = key;
    container->items[n] = item;
    container->n++;
}

void fpl_value_append(fpl_value *list, fpl_value *item)
{
    if (list != NULL && item != NULL && list->kind == FPLI_VALUE_LIST)
        append(list, NULL, item);
}

void fpl_value_set(fpl_value *map, const char *key, fpl_value *item)
{
    if (map == NULL || item == NULL || map->kind != FPLI_VALUE_MAP) return;
    for (int i = 0; i < map->n; i++) {
        if (strcmp(map->keys[i], key) == 0) {
            map->items[i] = item;
            return;
        }
    }
    const char *kept = keep_text(map->document, key);
    if (kept != NULL) append(map, kept, item);
}

fpl_value *fpl_value_word(fpl_document *document, fpl_value *value, const char *wording)
{
    if (value != NULL) value->wording = keep_text(document, wording);
    return value;
}

fpl_value *fpl_value_tone(fpl_value *value, fpl_tone tone)
{
    if (value != NULL) value->tone = tone;
    return value;
}

/* ---- documents and sections ---------------------------------------------------------------- */

static fpl_section *section_new(fpl_document *document, const char *key,
                                const char *heading)
{
    fpl_section *section = keep(document, 1, sizeof *section);
    if (section == NULL) return NULL;
    section->document = document;
    section->key = keep_text(document, key);
    section->heading = keep_text(document, heading);
    return section;
}

fpl_status fpl_document_new(const char *kind, fpl_document **document, fpl_error *error)
{
    fpl_document *made = fpli_new(1, sizeof *made);
    if (made == NULL) return fpli_no_memory(error);
    made->arena = fpli_arena_new();
    if (made->arena == NULL) made->status = FPL_E_MEMORY;
    made->kind = keep_text(made, kind);
    made->root = section_new(made, NULL, NULL);
    made->provenance = fpl_value_map(made);
    if (made->status != FPL_OK) {
        fpl_document_free(made);
        return fpli_no_memory(error);
    }
    *document = made;
    return FPL_OK;
}

void fpl_document_free(fpl_document *document)
{
    if (document == NULL) return;
    fpli_arena_free(document->arena);
    fpli_free(document);
}

fpl_status fpl_document_status(const fpl_document *document)
{
    return document == NULL ? FPL_E_MEMORY : document->status;
}

void fpl_document_provenance(fpl_document *document, const char *key, fpl_value *value)
{
    if (document != NULL) fpl_value_set(document->provenance, key, value);
}

void fpl_document_stopped(fpl_document *document, fpl_stop stop, const char *sentence)
{
    if (document == NULL || stop == FPL_COMPLETE) return;
    document->stop = stop;
    document->stopped = keep_text(document, sentence);
}

fpl_stop fpl_document_stop(const fpl_document *document)
{
    return document == NULL ? FPL_COMPLETE : document->stop;
}

const char *fpli_stop_word(fpl_stop stop)
{
    static const char *const words[] = {
        [FPL_COMPLETE] = "complete",       [FPL_STOPPED_TIME] = "time",
        [FPL_STOPPED_CAP] = "limit",       [FPL_STOPPED_CANCELLED] = "cancelled",
        [FPL_STOPPED_VISITOR] = "visitor",
    };
    return words[stop];
}

fpl_section *fpl_document_root(fpl_document *document)
{
    return document == NULL ? NULL : document->root;
}

fpl_document *fpli_section_document(const fpl_section *section)
{
    return section == NULL ? NULL : section->document;
}

static fpli_entry *entry_add(fpl_section *section, fpli_entry_kind kind)
{
    if (section == NULL) return NULL;
    fpli_entry *entry = keep(section->document, 1, sizeof *entry);
    if (entry == NULL) return NULL;
    entry->kind = kind;
    if (section->last == NULL)
        section->first = entry;
    else
        section->last->next = entry;
    section->last = entry;
    return entry;
}

fpl_section *fpl_section_add(fpl_section *parent, const char *key, const char *heading)
{
    if (parent == NULL) return NULL;
    fpl_section *section = section_new(parent->document, key, heading);
    fpli_entry *entry = section == NULL ? NULL : entry_add(parent, FPLI_ENTRY_SECTION);
    if (entry == NULL) return NULL;
    entry->section = section;
    return section;
}

void fpl_section_field(fpl_section *section, const char *key, const char *label,
                       fpl_value *value)
{
    if (value == NULL) return;
    fpli_entry *entry = entry_add(section, FPLI_ENTRY_FIELD);
    if (entry == NULL) return;
    entry->key = keep_text(section->document, key);
    entry->text = keep_plain(section->document, label);
    entry->value = value;
}

static void add_line(fpl_section *section, fpli_entry_kind kind, const char *text)
{
    fpli_entry *entry = entry_add(section, kind);
    if (entry != NULL) entry->text = keep_text(section->document, text);
}

void fpl_section_say(fpl_section *section, const char *sentence)
{
    add_line(section, FPLI_ENTRY_SAY, sentence);
}

void fpl_section_verbatim(fpl_section *section, const char *line)
{
    add_line(section, FPLI_ENTRY_VERBATIM, line);
}

void fpl_section_next(fpl_section *section, const char *command, const char *sentence)
{
    fpli_entry *entry = entry_add(section, FPLI_ENTRY_NEXT);
    if (entry == NULL) return;
    entry->command = keep_text(section->document, command);
    entry->text = keep_text(section->document, sentence);
}

/* ---- tables -------------------------------------------------------------------------------- */

fpl_table *fpl_section_table(fpl_section *section, const char *key, const char *heading)
{
    if (section == NULL) return NULL;
    fpl_table *table = keep(section->document, 1, sizeof *table);
    fpli_entry *entry = table == NULL ? NULL : entry_add(section, FPLI_ENTRY_TABLE);
    if (entry == NULL) return NULL;
    table->document = section->document;
    table->key = keep_text(section->document, key);
    table->heading = keep_text(section->document, heading);
    entry->table = table;
    return table;
}

void fpl_table_prefer(fpl_table *table)
{
    if (table != NULL) table->document->preferred = table;
}

void fpl_table_column(fpl_table *table, const char *key, const char *heading, int flags)
{
    if (table == NULL || table->n_rows > 0) return;
    size_t n = (size_t)table->n_columns, capacity = (size_t)table->columns_capacity;
    if (!grow(table->document, &table->columns, n, capacity, sizeof *table->columns))
        return;
    if (n == capacity) table->columns_capacity = capacity == 0 ? 4 : (int)capacity * 2;
    fpli_column *column = &table->columns[table->n_columns++];
    column->key = keep_text(table->document, key);
    column->heading = keep_plain(table->document, heading);
    column->flags = flags;
}

static void put_cell(fpl_table *table, fpl_value *value)
{
    size_t n = table->n_cells, capacity = table->cells_capacity;
    if (!grow(table->document, &table->cells, n, capacity, sizeof *table->cells)) return;
    if (n == capacity) table->cells_capacity = capacity == 0 ? 4 : capacity * 2;
    table->cells[table->n_cells++] = value;
}

static bool row_is_open(const fpl_table *table)
{
    return table->n_cells < table->n_rows * (size_t)table->n_columns;
}

void fpl_table_row(fpl_table *table)
{
    if (table == NULL) return;
    while (row_is_open(table) && table->document->status == FPL_OK) put_cell(table, NULL);
    table->n_rows++;
}

void fpl_table_cell(fpl_table *table, fpl_value *value)
{
    if (table != NULL && row_is_open(table)) put_cell(table, value);
}

fpl_value *fpli_table_cell(const fpl_table *table, size_t row, int column)
{
    size_t at = row * (size_t)table->n_columns + (size_t)column;
    return at < table->n_cells ? table->cells[at] : NULL;
}

/* ---- writing ------------------------------------------------------------------------------- */

fpl_status fpl_document_write(const fpl_document *document,
                              const fpl_output_options *options, char **text,
                              size_t *size, fpl_error *error)
{
    static fpl_status (*const emitters[FPL_OUTPUT_END])(
        const fpl_document *, const fpl_output_options *, fpli_buffer *) = {
        [FPL_OUTPUT_TEXT] = fpli_emit_text,
        [FPL_OUTPUT_JSON] = fpli_emit_json,
        [FPL_OUTPUT_CSV] = fpli_emit_csv,
    };
    static const fpl_output_options defaults;
    if (options == NULL) options = &defaults;
    fpl_status status = fpl_document_status(document);
    if (status != FPL_OK)
        return fpli_fail(error, status, "%s",
                         fpli_translated(error, fpl_status_text(status)));
    if ((unsigned)options->output >= FPL_OUTPUT_END)
        return fpli_fail(error, FPL_E_UNSUPPORTED, "output %d is unknown",
                         (int)options->output);
    fpli_buffer out = {0};
    status = emitters[options->output](document, options, &out);
    if (status != FPL_OK) {
        fpli_buffer_clear(&out);
        return fpli_fail(error, status, "%s",
                         fpli_translated(error, fpl_status_text(status)));
    }
    return fpli_buffer_take(&out, text, size, error);
}
