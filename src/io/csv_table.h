/* A table of cells from comma-separated values, whoever wrote them: encoding and
 * separator are found out, every cell knows where it stands. docs/formats.md,
 * section 4.3. */
#ifndef FPLI_CSV_TABLE_H
#define FPLI_CSV_TABLE_H

#include "base/mem.h"
#include "base/text.h"

#include <fahrplan/io.h>

typedef struct fpli_cell {
    const char *text; /* UTF-8, without the blanks around it; "" if the cell is empty */
    fpl_mark mark;
    int row, column; /* in the table, from 0: cell B1 is row 0, column 1 */
} fpli_cell;

typedef struct fpli_csv_row {
    fpli_cell *cells; /* up to the last one that is not empty */
    int n;
} fpli_csv_row;

typedef struct fpli_csv_table {
    fpli_csv_row *rows; /* those that are not empty */
    int n;
    int n_columns; /* of the longest row */
    char separator;
    const char *name; /* how complaints call the text */
} fpli_csv_table;

/* Read a table into the arena. Windows-1252 is told through the options' notice.
 * Errors: FPL_E_SYNTAX with the place; FPL_E_MEMORY. */
fpl_status fpli_csv_table_read(fpli_arena *arena, const char *text, size_t size,
                               const char *name, const fpl_load_options *options,
                               fpli_csv_table *table, fpl_error *error);

/* The cell, or an empty one if the row is shorter. */
fpli_cell fpli_csv_cell(const fpli_csv_table *table, int row, int column);

/* The address of a cell as spreadsheets give it: "C7". */
enum { FPLI_ADDRESS_TEXT = 24 };
const char *fpli_csv_address(const fpli_cell *cell, char text[FPLI_ADDRESS_TEXT]);

/* Complain about a cell: "cell C7: " and the sentence. */
fpl_status fpli_csv_fail(const fpli_csv_table *table, const fpli_cell *cell,
                         fpl_error *error, const char *format, ...) FPL_PRINTF(4, 5);

/* A judgement: a decimal with point or comma, minus sign U+2212 allowed, within
 * +-FPL_SCALE_MAX. */
fpl_status fpli_csv_score(const fpli_csv_table *table, const fpli_cell *cell,
                          fpl_decimal *score, fpl_error *error);

/* The largest absolute value of the judgements given to it, as a scale: at least 3. */
int fpli_csv_scale(int scale, fpl_decimal score);

/* ---- writing
 * ------------------------------------------------------------------------------ */

typedef struct fpli_csv_writer {
    fpli_buffer buffer;
    char separator;
    bool decimal_comma;
    bool is_begun; /* the line has a cell */
} fpli_csv_writer;

/* FPL_E_ARGUMENT if the separator of the options is none of , ; tab |. */
fpl_status fpli_csv_writer_start(fpli_csv_writer *writer, const fpl_save_options *options,
                                 fpl_error *error);
void fpli_csv_put(fpli_csv_writer *writer,
                  const char *text); /* the next cell, quoted if need be */
void fpli_csv_put_score(fpli_csv_writer *writer, fpl_decimal score);
void fpli_csv_end_line(fpli_csv_writer *writer);

#endif
