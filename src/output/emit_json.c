/* A document as JSON. Containers of plain values stand on one line, others on several, so that the
 * result reads well and a difference of two results is a difference of lines. Texts are encoded by
 * jansson. Sections and tables without a key belong to their parent. */
#include "output/document.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

typedef struct writer {
    fpli_buffer *out;
    int depth;
    bool first; /* nothing stands in the innermost container yet */
    fpl_status status;
} writer;

static void put_string(writer *w, const char *text)
{
    json_t *string = json_string(text);
    size_t size = string == NULL ? 0 : json_dumpb(string, NULL, 0, JSON_ENCODE_ANY);
    char *encoded = size == 0 ? NULL : fpli_new(size, 1);
    if (encoded == NULL) {
        w->status = FPL_E_MEMORY;
    } else {
        json_dumpb(string, encoded, size, JSON_ENCODE_ANY);
        fpli_put_bytes(w->out, encoded, size);
    }
    fpli_free(encoded);
    json_decref(string);
}

static void put_real(writer *w, double real)
{
    char number[64];
    if (!isfinite(real)) {
        fpli_put(w->out, "null");
        return;
    }
    snprintf(number, sizeof number, "%.15g", real);
    for (char *c = number; *c != '\0'; c++) {
        if (*c == ',') *c = '.'; /* whatever the locale of our caller says */
    }
    fpli_put(w->out, number);
}

/* Exact decimals if the denominator is a power of ten, the nearest ones otherwise. */
static void put_fraction(writer *w, const fpl_value *value)
{
    put_real(w, (double)value->integer / value->denominator);
}

static void put_scalar(writer *w, const fpl_value *value)
{
    switch (value->kind) {
    case FPLI_VALUE_BOOL: fpli_put(w->out, value->integer ? "true" : "false"); break;
    case FPLI_VALUE_INT: fpli_putf(w->out, "%lld", (long long)value->integer); break;
    case FPLI_VALUE_FRACTION: put_fraction(w, value); break;
    case FPLI_VALUE_REAL: put_real(w, value->real); break;
    case FPLI_VALUE_TEXT:
    case FPLI_VALUE_COUNT: put_string(w, value->text); break;
    default: fpli_put(w->out, "null"); break;
    }
}

static bool is_container(const fpl_value *value)
{
    return value->kind == FPLI_VALUE_LIST || value->kind == FPLI_VALUE_MAP;
}

static bool is_short(const fpl_value *value)
{
    for (int i = 0; i < value->n; i++) {
        if (is_container(value->items[i]) && value->items[i]->n > 0) return false;
    }
    return true;
}

static void new_line(writer *w)
{
    fpli_put(w->out, "\n");
    for (int i = 0; i < w->depth; i++) fpli_put(w->out, "  ");
}

static void put_value(writer *w, const fpl_value *value)
{
    if (!is_container(value)) {
        put_scalar(w, value);
        return;
    }
    bool map = value->kind == FPLI_VALUE_MAP, spread = !is_short(value);
    fpli_put(w->out, map ? "{" : "[");
    w->depth++;
    for (int i = 0; i < value->n; i++) {
        if (i > 0) fpli_put(w->out, spread ? "," : ", ");
        if (spread) new_line(w);
        if (map) {
            put_string(w, value->keys[i]);
            fpli_put(w->out, ": ");
        }
        put_value(w, value->items[i]);
    }
    w->depth--;
    if (spread) new_line(w);
    fpli_put(w->out, map ? "}" : "]");
}

/* The next member of the object that is being written. */
static void begin_member(writer *w, const char *key)
{
    if (!w->first) fpli_put(w->out, ",");
    w->first = false;
    new_line(w);
    put_string(w, key);
    fpli_put(w->out, ": ");
}

/* A map with each member on a line of its own. */
static void put_spread(writer *w, const fpl_value *map)
{
    fpli_put(w->out, "{");
    w->depth++;
    w->first = true;
    for (int i = 0; i < map->n; i++) {
        begin_member(w, map->keys[i]);
        put_value(w, map->items[i]);
    }
    w->depth--;
    if (!w->first) new_line(w);
    w->first = false;
    fpli_put(w->out, "}");
}

static void put_row(writer *w, const fpl_table *table, size_t row)
{
    fpl_value empty = {.kind = FPLI_VALUE_NULL};
    bool spread = false;
    for (int c = 0; c < table->n_columns; c++) {
        const fpl_value *cell = fpli_table_cell(table, row, c);
        if (cell != NULL && is_container(cell) && cell->n > 0) spread = true;
    }
    fpli_put(w->out, "{");
    w->depth++;
    bool first = true;
    for (int c = 0; c < table->n_columns; c++) {
        const fpli_column *column = &table->columns[c];
        if (column->key == NULL || (column->flags & FPL_COLUMN_PEOPLE)) continue;
        if (!first) fpli_put(w->out, spread ? "," : ", ");
        if (spread) new_line(w);
        first = false;
        put_string(w, column->key);
        fpli_put(w->out, ": ");
        const fpl_value *cell = fpli_table_cell(table, row, c);
        put_value(w, cell == NULL ? &empty : cell);
    }
    w->depth--;
    if (spread && !first) new_line(w);
    fpli_put(w->out, "}");
}

static void put_table(writer *w, const fpl_table *table)
{
    begin_member(w, table->key);
    fpli_put(w->out, "[");
    w->depth++;
    for (size_t row = 0; row < table->n_rows; row++) {
        if (row > 0) fpli_put(w->out, ",");
        new_line(w);
        put_row(w, table, row);
    }
    w->depth--;
    if (table->n_rows > 0) new_line(w);
    fpli_put(w->out, "]");
}

static void put_section(writer *w, const fpl_section *section)
{
    for (const fpli_entry *entry = section->first; entry != NULL; entry = entry->next) {
        if (entry->kind == FPLI_ENTRY_FIELD && entry->key != NULL) {
            begin_member(w, entry->key);
            put_value(w, entry->value);
        } else if (entry->kind == FPLI_ENTRY_TABLE && entry->table->key != NULL) {
            put_table(w, entry->table);
        } else if (entry->kind == FPLI_ENTRY_SECTION && entry->section->key == NULL) {
            put_section(w, entry->section);
        } else if (entry->kind == FPLI_ENTRY_SECTION) {
            begin_member(w, entry->section->key);
            fpli_put(w->out, "{");
            w->depth++;
            w->first = true;
            put_section(w, entry->section);
            w->depth--;
            if (!w->first) new_line(w);
            w->first = false;
            fpli_put(w->out, "}");
        }
    }
}

fpl_status fpli_emit_json(const fpl_document *document, const fpl_output_options *options,
                          fpli_buffer *out)
{
    writer w = {.out = out, .depth = 1, .first = true, .status = FPL_OK};
    fpli_put(out, "{");
    begin_member(&w, "format");
    put_string(&w, document->kind);
    begin_member(&w, "version");
    fpli_put(out, "1");
    if (!options->no_provenance) {
        begin_member(&w, "provenance");
        put_spread(&w, document->provenance);
    }
    begin_member(&w, "complete");
    fpli_put(out, document->stop == FPL_COMPLETE ? "true" : "false");
    if (document->stop != FPL_COMPLETE) {
        begin_member(&w, "stopped");
        put_string(&w, fpli_stop_word(document->stop));
    }
    put_section(&w, document->root);
    fpli_put(out, "\n}\n");
    return w.status;
}
