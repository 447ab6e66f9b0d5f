/* libcsv finds the cells; it is fed byte by byte, so that we know where each begins. */
#include "io/csv_table.h"

#include "base/status.h"
#include "io/encoding.h"
#include "io/io.h"
#include "io/number.h"

#include <csv.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* In the order of preference: a comma may stand in a number, a semicolon hardly, a tab
 * never. */
static const char separators[] = "\t;,|";

typedef struct tabling {
    fpli_arena *arena;
    fpli_csv_table *table;
    struct csv_parser parser;
    size_t row_capacity, cell_capacity;
    fpli_csv_row *rows; /* growing, moved to the arena at the end */
    fpli_cell *cells;   /* of the row that is being read */
    int n_cells;
    int row;        /* number of it, empty rows counted */
    fpl_mark here;  /* of the byte that is being fed */
    fpl_mark start; /* of the cell */
    bool is_started;
    bool no_memory;
} tabling;

/* ---- separator
 * --------------------------------------------------------------------------- */

enum { LINES_LOOKED_AT = 100 };

/* Cells of the lines that are not empty: least and most, quotation marks respected. */
static void count_cells(const char *text, char separator, int *least, int *most)
{
    int cells = 1, lines = 0;
    bool quoted = false, empty = true;
    *least = 0;
    *most = 0;
    for (const char *c = text; lines < LINES_LOOKED_AT; c++) {
        if (*c == '"') quoted = !quoted;
        if (*c == separator && !quoted) cells++;
        if (*c == '\0' || (*c == '\n' && !quoted)) {
            if (!empty) {
                if (lines == 0 || cells < *least) *least = cells;
                if (cells > *most) *most = cells;
                lines++;
            }
            if (*c == '\0') return;
            cells = 1;
            empty = true;
        } else if (*c != '\r') {
            empty = false;
        }
    }
}

/* A separator that gives all lines the same number of cells, two at least, beats one that
 * does not; then more cells in the shortest line beat fewer. */
static char guess_separator(const char *text)
{
    char best = ',';
    int best_least = 1;
    bool best_even = false;
    for (const char *s = separators; *s != '\0'; s++) {
        int least, most;
        count_cells(text, *s, &least, &most);
        const bool even = least == most && least > 1;
        if (even == best_even ? even || least <= best_least : best_even) continue;
        best = *s;
        best_least = least;
        best_even = even;
    }
    return best;
}

/* A first line "sep=;" as Excel has it; returns where the table begins. */
static const char *announced_separator(const char *text, char *separator)
{
    const char *at = text + (*text == '"');
    if ((at[0] | 32) != 's' || (at[1] | 32) != 'e' || (at[2] | 32) != 'p' ||
        at[3] != '=' || at[4] == '\0' || strchr(separators, at[4]) == NULL)
        return text;
    const char *end = at + 5 + (*text == '"' && at[5] == '"');
    if (*end == '\r') end++;
    if (*end != '\n' && *end != '\0') return text;
    *separator = at[4];
    return *end == '\n' ? end + 1 : end;
}

/* ---- cells
 * ------------------------------------------------------------------------------- */

static void *allocate(void *block, size_t size)
{
    return fpli_resize(block, size, 1);
}

static void end_cell(void *bytes, size_t size, void *context)
{
    tabling *t = context;
    if (!fpli_grow((void **)&t->cells, (size_t)t->n_cells, &t->cell_capacity,
                   sizeof *t->cells)) {
        t->no_memory = true;
        return;
    }
    const char *text = size == 0 ? "" : fpli_arena_text(t->arena, bytes, size);
    if (text == NULL) {
        t->no_memory = true;
        return;
    }
    fpli_cell *cell = &t->cells[t->n_cells];
    cell->text = text;
    cell->row = t->row;
    cell->column = t->n_cells++;
    cell->mark = t->is_started ? t->start : t->here;
    cell->mark.width = size == 0 ? 1 : (int)fpli_utf8_length(text, size);
    t->is_started = false;
}

static void end_row(int terminator, void *context)
{
    (void)terminator;
    tabling *t = context;
    int n = t->n_cells;
    while (n > 0 && t->cells[n - 1].text[0] == '\0') n--;
    t->n_cells = 0;
    t->row++;
    t->is_started = false;
    if (n == 0 || t->no_memory) return;
    fpli_csv_table *table = t->table;
    fpli_cell *cells = fpli_arena_alloc(t->arena, (size_t)n, sizeof *cells);
    if (cells == NULL || !fpli_grow((void **)&t->rows, (size_t)table->n, &t->row_capacity,
                                    sizeof *t->rows)) {
        t->no_memory = true;
        return;
    }
    memcpy(cells, t->cells, (size_t)n * sizeof *cells);
    t->rows[table->n++] = (fpli_csv_row){cells, n};
    if (n > table->n_columns) table->n_columns = n;
}

static fpl_status fail_quote(const tabling *t, fpl_error *error)
{
    char address[FPLI_ADDRESS_TEXT];
    const fpli_cell cell = {.row = t->row, .column = t->n_cells};
    fpl_status status = fpli_fail_at(error, FPL_E_SYNTAX, t->table->name, t->here,
                                     "cell %s: a quotation mark stands where none may",
                                     fpli_csv_address(&cell, address));
    fpli_note(
        error, (fpl_mark){0},
        "a cell with quotation marks begins and ends with one; those inside are doubled");
    return status;
}

static fpl_status fail_open_quote(const tabling *t, fpl_error *error)
{
    char address[FPLI_ADDRESS_TEXT];
    const fpli_cell cell = {.row = t->row, .column = t->n_cells};
    return fpli_fail_at(error, FPL_E_SYNTAX, t->table->name, t->start,
                        "cell %s: the quotation mark is never closed",
                        fpli_csv_address(&cell, address));
}

/* Line ends reach libcsv as LF only: it would take CR LF for two. */
static fpl_status feed(tabling *t, const char *text, const char *end, fpl_error *error)
{
    for (const char *c = text; c < end && !t->no_memory; c++) {
        if (*c == '\r' && c + 1 < end && c[1] == '\n') continue;
        const char byte = *c == '\r' ? '\n' : *c;
        if (!t->is_started && byte != t->table->separator &&
            strchr(" \t\n", byte) == NULL) {
            t->start = t->here;
            t->is_started = true;
        }
        if (csv_parse(&t->parser, &byte, 1, end_cell, end_row, t) != 1) {
            if (csv_error(&t->parser) != CSV_EPARSE) return fpli_no_memory(error);
            return fail_quote(t, error);
        }
        if (byte == '\n') {
            t->here.line++;
            t->here.column = 1;
        } else if (((unsigned char)byte & 0xC0) != 0x80) {
            t->here.column++;
        }
    }
    if (t->no_memory) return fpli_no_memory(error);
    if (csv_fini(&t->parser, end_cell, end_row, t) != 0) {
        if (csv_error(&t->parser) != CSV_EPARSE) return fpli_no_memory(error);
        return fail_open_quote(t, error);
    }
    return t->no_memory ? fpli_no_memory(error) : FPL_OK;
}

static fpl_status read_cells(tabling *t, const fpli_decoded *decoded, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_csv_table *table = t->table;
    const char *text = announced_separator(decoded->text, &table->separator);
    t->here = (fpl_mark){.line = text == decoded->text ? 1 : 2, .column = 1, .width = 1};
    if (table->separator == '\0') table->separator = guess_separator(text);
    csv_init(&t->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL);
    csv_set_delim(&t->parser, (unsigned char)table->separator);
    csv_set_realloc_func(&t->parser, allocate);
    csv_set_free_func(&t->parser, fpli_free);
    FPL_TRY(feed(t, text, decoded->text + decoded->size, error));
    table->rows = fpli_arena_alloc(t->arena, (size_t)table->n, sizeof *table->rows);
    FPL_TRY(table->rows == NULL ? fpli_no_memory(error) : FPL_OK);
    if (table->n > 0)
        memcpy(table->rows, t->rows, (size_t)table->n * sizeof *table->rows);
out:
    csv_free(&t->parser);
    return status;
}

fpl_status fpli_csv_table_read(fpli_arena *arena, const char *text, size_t size,
                               const char *name, const fpl_load_options *options,
                               fpli_csv_table *table, fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpli_decoded decoded = {0};
    fpli_csv_table read = {.name = name};
    tabling t = {.arena = arena, .table = &read};
    FPL_TRY(fpli_decode(text, size, name, &decoded, error));
    if (decoded.encoding == FPLI_WINDOWS_1252)
        fpli_tell(options->notice, options->context, error, name,
                  fpli_mark_at(text, fpli_utf8_check(text, size), 1),
                  "the text is not UTF-8 and was read as Windows-1252");
    FPL_TRY(read_cells(&t, &decoded, error));
    if (read.n == 0)
        FPL_TRY(
            fpli_fail_at(error, FPL_E_SYNTAX, name, fpli_start, "the table is empty"));
    *table = read;
out:
    fpli_free(t.rows);
    fpli_free(t.cells);
    fpli_free(decoded.text);
    return status;
}

/* ---- use
 * --------------------------------------------------------------------------------- */

fpli_cell fpli_csv_cell(const fpli_csv_table *table, int row, int column)
{
    const fpli_csv_row *r = &table->rows[row];
    if (column < r->n) return r->cells[column];
    fpli_cell cell = r->cells[r->n - 1];
    cell.mark.column += cell.mark.width;
    cell.mark.width = 1;
    cell.text = "";
    cell.column = column;
    return cell;
}

const char *fpli_csv_address(const fpli_cell *cell, char text[FPLI_ADDRESS_TEXT])
{
    char letters[8];
    int n = 0;
    for (int rest = cell->column + 1; rest > 0 && n < 7; rest = (rest - 1) / 26)
        letters[n++] = (char)('A' + (rest - 1) % 26);
    for (int i = 0; i < n; i++) text[i] = letters[n - 1 - i];
    snprintf(text + n, FPLI_ADDRESS_TEXT - (size_t)n, "%d", cell->row + 1);
    return text;
}

fpl_status fpli_csv_fail(const fpli_csv_table *table, const fpli_cell *cell,
                         fpl_error *error, const char *format, ...)
{
    char sentence[FPL_ERROR_TEXT], address[FPLI_ADDRESS_TEXT];
    va_list arguments;
    va_start(arguments, format);
    fpli_sentence(error, sentence, format, arguments);
    va_end(arguments);
    return fpli_fail_at(error, FPL_E_SYNTAX, table->name, cell->mark, "cell %s: %s",
                        fpli_csv_address(cell, address), sentence);
}

fpl_status fpli_csv_score(const fpli_csv_table *table, const fpli_cell *cell,
                          fpl_decimal *score, fpl_error *error)
{
    static const int powers[] = {1, 10, 100, 1000, 10000};
    static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
    char number[48] = "";
    const char *text = cell->text;
    size_t n = 0;
    if (*text == '\0')
        return fpli_csv_fail(table, cell, error,
                             "a judgement is due, and the cell is empty");
    if (strncmp(text, minus, 3) == 0) {
        number[n++] = '-';
        text += 3;
    }
    for (; *text != '\0' && n + 1 < sizeof number; text++)
        number[n++] = *text == ',' ? '.' : *text;
    fpl_decimal read = {0, 0};
    if (*text != '\0' || !fpli_decimal_parse(number, &read)) {
        fpl_status status = fpli_csv_fail(
            table, cell, error, "a judgement is due, and here stands '%s'", cell->text);
        fpli_note(error, (fpl_mark){0},
                  "a judgement is a number with at most 4 decimals");
        return status;
    }
    const int64_t limit = (int64_t)FPL_SCALE_MAX * powers[read.places];
    if (read.value > limit || read.value < -limit)
        return fpli_csv_fail(table, cell, error, "the judgement %s is outside -%d..%d",
                             cell->text, FPL_SCALE_MAX, FPL_SCALE_MAX);
    *score = read;
    return FPL_OK;
}

int fpli_csv_scale(int scale, fpl_decimal score)
{
    int64_t size = score.value < 0 ? -(int64_t)score.value : score.value;
    for (int i = 0; i < score.places; i++) size = (size + 9) / 10;
    if (scale < 3) scale = 3;
    return size > scale ? (int)size : scale;
}

/* ---- writing
 * ------------------------------------------------------------------------------ */

fpl_status fpli_csv_writer_start(fpli_csv_writer *writer, const fpl_save_options *options,
                                 fpl_error *error)
{
    memset(writer, 0, sizeof *writer);
    writer->separator = options->separator == '\0' ? ',' : options->separator;
    writer->decimal_comma = options->decimal_comma;
    if (strchr(separators, writer->separator) != NULL) return FPL_OK;
    return fpli_fail(error, FPL_E_ARGUMENT,
                     "'%c' cannot separate cells; a comma, a semicolon, a tab or '|' can",
                     writer->separator);
}

void fpli_csv_put(fpli_csv_writer *writer, const char *text)
{
    const char special[] = {writer->separator, '"', '\n', '\r', '\0'};
    const size_t size = strlen(text);
    const bool edged = size > 0 &&
                       (strchr(" \t", text[0]) || strchr(" \t", text[size - 1]));
    if (writer->is_begun) fpli_put_bytes(&writer->buffer, &writer->separator, 1);
    writer->is_begun = true;
    if (!edged && strpbrk(text, special) == NULL) {
        fpli_put(&writer->buffer, text);
        return;
    }
    fpli_put(&writer->buffer, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') fpli_put(&writer->buffer, "\"");
        fpli_put_bytes(&writer->buffer, c, 1);
    }
    fpli_put(&writer->buffer, "\"");
}

void fpli_csv_put_score(fpli_csv_writer *writer, fpl_decimal score)
{
    char text[FPLI_NUMBER_TEXT];
    fpli_decimal_text(score, text);
    char *point = strchr(text, '.');
    if (point != NULL && writer->decimal_comma) *point = ',';
    fpli_csv_put(writer, text);
}

void fpli_csv_end_line(fpli_csv_writer *writer)
{
    fpli_put(&writer->buffer, "\n");
    writer->is_begun = false;
}
