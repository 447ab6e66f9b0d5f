/* The inside of a difference: one walk through the records of both models. */
#ifndef FPLI_DIFF_H
#define FPLI_DIFF_H

#include "study/match.h"

#include <fahrplan/compare.h>

struct fpl_difference {
    fpli_match *match;
    fpl_change *changes; /* texts live in the arena of the match */
    size_t n, capacity;
};

/* Where the walk is. The first failure stays in status. */
typedef struct fpli_walk {
    fpl_difference *d;
    fpl_status status;
    const char *part;
} fpli_walk;

/* One record on both sides; an address is NULL where only the other side has it. */
typedef struct fpli_both {
    const fpli_record *record;
    const void *base[2];
    int scope[2];
    const char *item;
    const char *prefix; /* of field names: "because." */
} fpli_both;

/* Texts in the arena; "" without memory, which the walk remembers. */
const char *fpli_diff_keep(fpli_walk *w, fpli_buffer *buffer);
const char *fpli_diff_join(fpli_walk *w, const char *a, const char *between,
                           const char *b);
const char *fpli_diff_identity(fpli_walk *w, const fpli_record *record, const void *base,
                               int side, int scope);

/* Note a change in the part where the walk is. */
void fpli_diff_note(fpli_walk *w, fpl_change change);
fpl_change_kind fpli_diff_kind(const char *before, const char *after);

/* One member of a record with all that it holds; the keys that begin with x-. */
void fpli_diff_member(fpli_walk *w, const fpli_both *b, const fpli_field *field);
void fpli_diff_extras(fpli_walk *w, const fpli_both *b);

/* The judgements (diff_scores.c). record: that of a section. */
void fpli_diff_impacts(fpli_walk *w, const fpli_record *record);

#endif
