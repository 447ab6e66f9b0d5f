/* Results as documents. A document is one tree of fields, tables and sentences; writers show it as
 * text for people, as JSON or CSV for programs. All see the same values, so they cannot disagree.
 * docs/design/0003.
 *
 * A value is what programs read. A wording, where there is one, is what people read instead (a name
 * for an id, "1 2 3" for a list). Keys are for programs, labels for people. */
#ifndef FAHRPLAN_DOCUMENT_H
#define FAHRPLAN_DOCUMENT_H

#include <fahrplan/count.h>
#include <fahrplan/limits.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct fpl_document fpl_document;
typedef struct fpl_value fpl_value;

/* ---- values: made by a document, owned by it ------------------------------------------------
 *
 * Makers return NULL when there is no memory; the document remembers and fpl_document_status says
 * so. All functions accept NULL values and then do nothing, so a result is built without a test at
 * each step and checked once at the end. */

FPL_API fpl_value *fpl_value_null(fpl_document *document);
FPL_API fpl_value *fpl_value_bool(fpl_document *document, bool value);
FPL_API fpl_value *fpl_value_int(fpl_document *document, int64_t value);
FPL_API fpl_value *fpl_value_real(fpl_document *document, double value);
FPL_API fpl_value *fpl_value_text(fpl_document *document, const char *text);
FPL_API fpl_value *fpl_value_count(fpl_document *document,
                                   const fpl_count *count); /* digits */
FPL_API fpl_value *fpl_value_list(fpl_document *document);
FPL_API fpl_value *fpl_value_map(fpl_document *document); /* keeps its order */

/* An integer in units of 1/denominator, exact: 3/2 is shown and written as 1.5. */
FPL_API fpl_value *fpl_value_fraction(fpl_document *document, int64_t value,
                                      int denominator);

FPL_API void fpl_value_append(fpl_value *list, fpl_value *item);
FPL_API void fpl_value_set(fpl_value *map, const char *key, fpl_value *item);

/* What people read instead of the value. Returns the value. */
FPL_API fpl_value *fpl_value_word(fpl_document *document, fpl_value *value,
                                  const char *wording);

/* How it is stressed in text; never the only sign of a meaning. */
typedef enum fpl_tone {
    FPL_TONE_PLAIN = 0,
    FPL_TONE_STRONG,
    FPL_TONE_FAINT,
    FPL_TONE_GOOD, /* permitted, entailed */
    FPL_TONE_ALERT /* breach, violated */
} fpl_tone;

FPL_API fpl_value *fpl_value_tone(fpl_value *value, fpl_tone tone);

/* ---- documents ----------------------------------------------------------------------------- */

typedef struct fpl_section fpl_section; /* a heading with what stands under it */
typedef struct fpl_table fpl_table;

/* kind: the document's "format" for programs, "fahrplan-scenarios", say. */
FPL_API fpl_status fpl_document_new(const char *kind, fpl_document **document,
                                    fpl_error *error);
FPL_API void fpl_document_free(fpl_document *document);
FPL_API fpl_status fpl_document_status(const fpl_document *document);

/* Where the result comes from: program version, command line, model digest, seed, limits. Shown as
 * "provenance" unless the writer is told not to. */
FPL_API void fpl_document_provenance(fpl_document *document, const char *key,
                                     fpl_value *value);

/* The result is partial, and why (a sentence for people, in their language). */
FPL_API void fpl_document_stopped(fpl_document *document, fpl_stop stop,
                                  const char *sentence);

/* Why the result is partial; FPL_COMPLETE if it is not. */
FPL_API fpl_stop fpl_document_stop(const fpl_document *document);

/* The section into which fields go that stand at the top. */
FPL_API fpl_section *fpl_document_root(fpl_document *document);

/* A section. key NULL: for people only, its fields and tables go to the parent for programs. */
FPL_API fpl_section *fpl_section_add(fpl_section *parent, const char *key,
                                     const char *heading);

/* A named value. label NULL: for programs only. key NULL: for people only. */
FPL_API void fpl_section_field(fpl_section *section, const char *key, const char *label,
                               fpl_value *value);

/* A sentence for people. */
FPL_API void fpl_section_say(fpl_section *section, const char *sentence);

/* A line printed as it is, without wrapping: for people only. */
FPL_API void fpl_section_verbatim(fpl_section *section, const char *line);

/* The last line: what to look at next; for people only. */
FPL_API void fpl_section_next(fpl_section *section, const char *command,
                              const char *sentence);

/* A table: for programs a list of objects, one a row. key NULL: for people only; label NULL
 * (heading): no heading of its own. */
FPL_API fpl_table *fpl_section_table(fpl_section *section, const char *key,
                                     const char *heading);

/* CSV writes this table, although it may not be the largest. */
FPL_API void fpl_table_prefer(fpl_table *table);

typedef enum fpl_column_flags {
    FPL_COLUMN_PLAIN = 0,
    FPL_COLUMN_RIGHT = 1,  /* figures */
    FPL_COLUMN_HIDDEN = 2, /* for programs only */
    FPL_COLUMN_PEOPLE = 4, /* for people only */
    FPL_COLUMN_WRAP = 8,   /* long texts: takes the room that others leave */
    FPL_COLUMN_JOIN = 16,  /* equal neighbours, one below the other, are shown once */
    FPL_COLUMN_WHOLE = 64, /* CSV: a map stays in one field, "A=a1 B=b2": its keys differ
                              from row to row */
    FPL_COLUMN_SPAN =
        32 /* equal neighbours, side by side in such columns, are shown once, with a
                               rule as far as they reach; too many such columns become several
                               tables below each other, each with the other columns at its left */
} fpl_column_flags;

FPL_API void fpl_table_column(fpl_table *table, const char *key, const char *heading,
                              int flags);
FPL_API void fpl_table_row(fpl_table *table); /* begin a row */
FPL_API void fpl_table_cell(fpl_table *table,
                            fpl_value *value); /* next column of that row */

/* ---- writers ------------------------------------------------------------------------------- */

typedef enum fpl_output {
    FPL_OUTPUT_TEXT = 0,
    FPL_OUTPUT_JSON,
    FPL_OUTPUT_CSV,
    FPL_OUTPUT_END
} fpl_output;

typedef struct fpl_output_options {
    fpl_output output;
    int width;  /* text: columns; 0: 80 */
    bool color; /* text: ANSI colours and bold */
    bool ascii; /* text: no signs beyond ASCII in rules and marks */
    bool no_provenance;
    const char *language;    /* "de": decimal comma in text; NULL: "en" */
    fpl_translate translate; /* NULL: English */
    void *context;
} fpl_output_options;

/* *text is zero-terminated and yours: fpl_string_free. CSV writes the preferred table or else the
 * largest, or the fields as key,value lines if there is none.
 * Errors: FPL_E_MEMORY, FPL_E_UNSUPPORTED. */
FPL_API fpl_status fpl_document_write(const fpl_document *document,
                                      const fpl_output_options *options, char **text,
                                      size_t *size, fpl_error *error);

#ifdef __cplusplus
}
#endif

#endif
