/* The field table: every record of records.h described once. Copying, reading and writing YAML,
 * digests and the manual work from it (docs/design/0001). */
#ifndef FPLI_RECORDS_H
#define FPLI_RECORDS_H

#include "base/mem.h"

#include <fahrplan/records.h>

typedef enum fpli_type {          /* C type of the member */
                         FPLI_ID, /* const char *: letter, then letters, digits, _ - . */
                         FPLI_STRING,    /* const char * */
                         FPLI_DATE,      /* const char *: YYYY, YYYY-MM or YYYY-MM-DD */
                         FPLI_DURATION,  /* const char *: a number and d, w, m or y */
                         FPLI_COLOR,     /* const char *: #RRGGBB */
                         FPLI_TEXT,      /* fpl_text */
                         FPLI_STRINGS,   /* fpl_strings: a list of scalars */
                         FPLI_IDS,       /* fpl_strings: a list of ids */
                         FPLI_COUNT,     /* int >= 0, 0 is the default */
                         FPLI_INTEGER,   /* fpl_integer within low..high */
                         FPLI_REAL,      /* fpl_real within low..high */
                         FPLI_YESNO,     /* fpl_tristate */
                         FPLI_WORD,      /* an enum, one of `words`; 0 is unstated */
                         FPLI_REF,       /* fpl_ref to `target` */
                         FPLI_REFS,      /* fpl_refs to `target` */
                         FPLI_CONDITION, /* fpl_condition */
                         FPLI_DECIMALS,  /* FPL_LIST(fpl_decimal) */
                         FPLI_RECORD,    /* a struct with the fields of `record` */
                         FPLI_RECORDS,   /* FPL_LIST of such structs */
                         FPLI_MAP, /* FPL_LIST of such structs, written as a mapping: the record's first field is
                        the key; if exactly one more field follows, it is the value itself, else the
                        value is a mapping of the remaining fields */
                         FPLI_CITED /* fpl_citation: its fields stand directly in the record */
} fpli_type;

typedef enum fpli_target {
    FPLI_TO_SOURCE,
    FPLI_TO_GRADE,
    FPLI_TO_ACTOR,
    FPLI_TO_DESCRIPTOR,
    FPLI_TO_VARIANT, /* of the descriptor that is in scope */
    FPLI_TO_LEVEL,   /* a variant of the level */
    FPLI_TO_MEASURE,
    FPLI_TO_OBSERVATION,
    FPLI_TO_PREDICTION
} fpli_target;

enum {
    FPLI_REQUIRED = 1,
    FPLI_SCOPE =
        2, /* this reference to a descriptor says whose variants are meant in the rest of
                         the record and in what it holds */
    FPLI_OPTIONAL_ONCE = 4, /* a FPLI_RECORD that may be absent as a whole */
    FPLI_LINE = 8           /* canonical layout: each item on one line, in flow style */
};

struct fpli_record;

typedef struct fpli_word {
    const char *word;
    int value;
} fpli_word;

typedef struct fpli_field {
    const char *key; /* NULL for FPLI_CITED */
    fpli_type type;
    size_t offset;
    int flags;
    int low, high; /* FPLI_INTEGER, FPLI_REAL */
    const struct fpli_record *record;
    const fpli_word *words; /* ends with {NULL, 0} */
    fpli_target target;
} fpli_field;

typedef struct fpli_record {
    const char *name; /* as docs/formats.md calls it: "measure" */
    size_t size;
    const fpli_field *fields;
    int n_fields;
} fpli_record;

/* The record of fpl_content: the whole native file. */
extern const fpli_record fpli_content_record;

/* The fields of fpl_citation. */
extern const fpli_record fpli_citation_record;

/* Any FPL_LIST, seen without its type. */
typedef struct fpli_list {
    void *items;
    int n;
} fpli_list;

/* Append a zero-filled item of `size` bytes to a list that lives in an arena; NULL if there is no
 * memory. Lists grow by doubling, so items move: keep indices, not pointers, across appends. */
void *fpli_list_append(fpli_arena *arena, void *list, size_t size);

/* Deep copy of one record into the arena: *to becomes a copy of *from. */
fpl_status fpli_record_copy(fpli_arena *arena, const fpli_record *record, void *to,
                            const void *from);

/* Whether a text is an id: a letter (or any character beyond ASCII), then letters, digits, _ - . */
bool fpli_is_id(const char *text);

/* Whether a field holds nothing that would be written: unset, empty, default. */
bool fpli_field_is_empty(const fpli_field *field, const void *record);

/* Iterate over the fields of a record with those of fpl_citation in place: call visit for each
 * with the address of the struct to which its offset applies. Stops at the first failure. */
typedef fpl_status (*fpli_field_visitor)(void *context, const fpli_field *field,
                                         void *base);
fpl_status fpli_record_each(const fpli_record *record, void *base,
                            fpli_field_visitor visit, void *context);

/* The member that a field describes. */
static inline void *fpli_member(void *base, const fpli_field *field)
{
    return (char *)base + field->offset;
}

/* The word for a value of a FPLI_WORD field, NULL if unstated. */
const char *fpli_word_of(const fpli_word *words, int value);

/* The tables of words, for messages and documents. */
extern const fpli_word fpli_kind_words[], fpli_legality_words[], fpli_gate_kind_words[],
    fpli_sign_words[], fpli_evidence_words[], fpli_verdict_words[];

#endif
