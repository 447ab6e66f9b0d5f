/* The document tree, as writers see it. Everything lives in the document's arena.
 *
 * A maker that finds no memory returns NULL and marks the document as broken; all functions accept
 * NULL and do nothing, so results are built without a test at each step. */
#ifndef FPLI_DOCUMENT_H
#define FPLI_DOCUMENT_H

#include "base/mem.h"
#include "base/text.h"

#include <fahrplan/document.h>

typedef enum fpli_value_kind {
    FPLI_VALUE_NULL,
    FPLI_VALUE_BOOL,
    FPLI_VALUE_INT,
    FPLI_VALUE_FRACTION,
    FPLI_VALUE_REAL,
    FPLI_VALUE_TEXT,
    FPLI_VALUE_COUNT,
    FPLI_VALUE_LIST,
    FPLI_VALUE_MAP
} fpli_value_kind;

struct fpl_value {
    fpl_document *document;
    fpli_value_kind kind;
    int64_t integer; /* bool, int, numerator */
    int denominator;
    double real;
    const char *text; /* text; digits of a count */
    fpl_value **items;
    const char **keys; /* of a map */
    int n, capacity;
    const char *wording; /* what people read instead; NULL: nothing special */
    fpl_tone tone;
};

typedef enum fpli_entry_kind {
    FPLI_ENTRY_FIELD,
    FPLI_ENTRY_SAY,
    FPLI_ENTRY_VERBATIM,
    FPLI_ENTRY_NEXT,
    FPLI_ENTRY_TABLE,
    FPLI_ENTRY_SECTION
} fpli_entry_kind;

typedef struct fpli_entry {
    fpli_entry_kind kind;
    const char *key;     /* field */
    const char *text;    /* label, sentence, line */
    const char *command; /* next */
    fpl_value *value;
    fpl_table *table;
    fpl_section *section;
    struct fpli_entry *next;
} fpli_entry;

struct fpl_section {
    fpl_document *document;
    const char *key;     /* NULL: for people only */
    const char *heading; /* NULL: for programs only */
    fpli_entry *first, *last;
};

typedef struct fpli_column {
    const char *key;
    const char *heading;
    int flags;
} fpli_column;

struct fpl_table {
    fpl_document *document;
    const char *key;
    const char *heading;
    fpli_column *columns;
    int n_columns, columns_capacity;
    fpl_value **cells; /* n_rows * n_columns, row by row; NULL: empty */
    size_t n_cells, cells_capacity;
    size_t n_rows;
};

struct fpl_document {
    fpli_arena *arena;
    fpl_status status;
    const char *kind;
    fpl_section *root;
    const fpl_table *preferred; /* for CSV; NULL: the largest */
    fpl_value *provenance;      /* a map */
    fpl_stop stop;
    const char *stopped;
};

/* The cell of a row; NULL if it is empty. */
fpl_value *fpli_table_cell(const fpl_table *table, size_t row, int column);

/* A text formatted into the document's arena; never NULL (empty without memory). */
const char *fpli_textf(fpl_document *document, const char *format, ...) FPL_PRINTF(2, 3);

/* The document to which a section belongs; NULL for NULL. */
fpl_document *fpli_section_document(const fpl_section *section);

/* What people read of a value, in the language and signs of the options. Control characters and
 * marks that turn the direction of writing are taken out. */
void fpli_put_words(fpli_buffer *buffer, const fpl_value *value,
                    const fpl_output_options *options);

/* A text as it may go to a terminal: one line, nothing that a terminal obeys. */
void fpli_put_plain(fpli_buffer *buffer, const char *text, bool ascii);

/* Writers, one a file. */
fpl_status fpli_emit_text(const fpl_document *document, const fpl_output_options *options,
                          fpli_buffer *out);
fpl_status fpli_emit_json(const fpl_document *document, const fpl_output_options *options,
                          fpli_buffer *out);
fpl_status fpli_emit_csv(const fpl_document *document, const fpl_output_options *options,
                         fpli_buffer *out);

/* The word by which programs know why a result is partial. */
const char *fpli_stop_word(fpl_stop stop);

#endif
