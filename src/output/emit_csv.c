/* A document as CSV (RFC 4180): its preferred or else its largest table, one line a row, or its fields as key,value lines.
 * A column that holds maps becomes one column for each of their keys, unless these differ. Lists are separated by
 * blanks. A partial result has one more column (or line): complete, false. */
#include "output/document.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void put_quoted(fpli_buffer *out, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        fpli_put(out, text);
        return;
    }
    fpli_put(out, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        fpli_put_bytes(out, c, 1);
        if (*c == '"') fpli_put(out, "\"");
    }
    fpli_put(out, "\"");
}

static void put_real(fpli_buffer *out, double real)
{
    char number[64];
    if (!isfinite(real)) return;
    snprintf(number, sizeof number, "%.15g", real);
    for (char *c = number; *c != '\0'; c++) {
        if (*c == ',') *c = '.';
    }
    fpli_put(out, number);
}

/* The value without quotes. */
static void put_bare(fpli_buffer *out, const fpl_value *value)
{
    if (value == NULL) return;
    switch (value->kind) {
    case FPLI_VALUE_NULL: break;
    case FPLI_VALUE_BOOL: fpli_put(out, value->integer ? "true" : "false"); break;
    case FPLI_VALUE_INT: fpli_putf(out, "%lld", (long long)value->integer); break;
    case FPLI_VALUE_FRACTION:
        put_real(out, (double)value->integer / value->denominator);
        break;
    case FPLI_VALUE_REAL: put_real(out, value->real); break;
    case FPLI_VALUE_TEXT:
    case FPLI_VALUE_COUNT: fpli_put(out, value->text); break;
    case FPLI_VALUE_LIST:
    case FPLI_VALUE_MAP:
        for (int i = 0; i < value->n; i++) {
            if (i > 0) fpli_put(out, " ");
            if (value->kind == FPLI_VALUE_MAP) fpli_putf(out, "%s=", value->keys[i]);
            put_bare(out, value->items[i]);
        }
        break;
    }
}

static void put_field(fpli_buffer *out, const fpl_value *value)
{
    fpli_buffer bare = {0};
    put_bare(&bare, value);
    fpli_put(&bare, "");
    if (bare.broken)
        out->broken = true;
    else
        put_quoted(out, bare.text);
    fpli_buffer_clear(&bare);
}

static bool is_shown(const fpli_column *column)
{
    return column->key != NULL && !(column->flags & FPL_COLUMN_PEOPLE);
}

/* The map whose keys name the columns into which a column is spread; NULL if it is not. */
static const fpl_value *spread(const fpl_table *table, int column)
{
    if (table->columns[column].flags & FPL_COLUMN_WHOLE) return NULL;
    for (size_t row = 0; row < table->n_rows; row++) {
        const fpl_value *cell = fpli_table_cell(table, row, column);
        if (cell != NULL && cell->kind != FPLI_VALUE_NULL)
            return cell->kind == FPLI_VALUE_MAP ? cell : NULL;
    }
    return NULL;
}

static void put_separator(fpli_buffer *out, bool *first)
{
    if (!*first) fpli_put(out, ",");
    *first = false;
}

static const fpl_value *member(const fpl_value *map, const char *key)
{
    for (int i = 0; map != NULL && i < map->n; i++) {
        if (map->kind == FPLI_VALUE_MAP && strcmp(map->keys[i], key) == 0)
            return map->items[i];
    }
    return NULL;
}

static void put_head(fpli_buffer *out, const fpl_table *table, bool partial)
{
    bool first = true;
    for (int c = 0; c < table->n_columns; c++) {
        if (!is_shown(&table->columns[c])) continue;
        const fpl_value *map = spread(table, c);
        for (int i = 0; map != NULL && i < map->n; i++) {
            put_separator(out, &first);
            put_quoted(out, map->keys[i]);
        }
        if (map != NULL) continue;
        put_separator(out, &first);
        put_quoted(out, table->columns[c].key);
    }
    if (partial) {
        put_separator(out, &first);
        fpli_put(out, "complete");
    }
    fpli_put(out, "\r\n");
}

static void put_table(fpli_buffer *out, const fpl_table *table, bool partial)
{
    put_head(out, table, partial);
    for (size_t row = 0; row < table->n_rows; row++) {
        bool first = true;
        for (int c = 0; c < table->n_columns; c++) {
            if (!is_shown(&table->columns[c])) continue;
            const fpl_value *map = spread(table, c),
                            *cell = fpli_table_cell(table, row, c);
            for (int i = 0; map != NULL && i < map->n; i++) {
                put_separator(out, &first);
                put_field(out, member(cell, map->keys[i]));
            }
            if (map != NULL) continue;
            put_separator(out, &first);
            put_field(out, cell);
        }
        if (partial) {
            put_separator(out, &first);
            fpli_put(out, "false");
        }
        fpli_put(out, "\r\n");
    }
}

/* The table with most rows; the first of equals. */
static const fpl_table *largest(const fpl_section *section)
{
    const fpl_table *best = NULL;
    for (const fpli_entry *entry = section->first; entry != NULL; entry = entry->next) {
        const fpl_table *table = entry->kind == FPLI_ENTRY_TABLE &&
                                         entry->table->key != NULL
                                     ? entry->table
                                 : entry->kind == FPLI_ENTRY_SECTION
                                     ? largest(entry->section)
                                     : NULL;
        if (table != NULL && (best == NULL || table->n_rows > best->n_rows)) best = table;
    }
    return best;
}

static void put_fields(fpli_buffer *out, const fpl_section *section)
{
    for (const fpli_entry *entry = section->first; entry != NULL; entry = entry->next) {
        if (entry->kind == FPLI_ENTRY_SECTION) put_fields(out, entry->section);
        if (entry->kind != FPLI_ENTRY_FIELD || entry->key == NULL) continue;
        put_quoted(out, entry->key);
        fpli_put(out, ",");
        put_field(out, entry->value);
        fpli_put(out, "\r\n");
    }
}

fpl_status fpli_emit_csv(const fpl_document *document, const fpl_output_options *options,
                         fpli_buffer *out)
{
    (void)options;
    const fpl_table *table = document->preferred != NULL ? document->preferred
                                                         : largest(document->root);
    bool partial = document->stop != FPL_COMPLETE;
    if (table != NULL) {
        put_table(out, table, partial);
    } else {
        fpli_put(out, "key,value\r\n");
        if (partial) fpli_put(out, "complete,false\r\n");
        put_fields(out, document->root);
    }
    return FPL_OK;
}
