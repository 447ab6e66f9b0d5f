/* Which things of one model are which things of another: by id, and renamed ones where only one
 * reading is possible. */
#ifndef FPLI_MATCH_H
#define FPLI_MATCH_H

#include "base/mem.h"
#include "base/text.h"
#include "model/model.h"

enum { FPLI_OLD = 0, FPLI_NEW = 1, FPLI_PARTS_MAX = 32 };

/* partner[side][i] is the item of the other model that item i is; -1: none. */
typedef struct fpli_match {
    const fpl_model *models[2];
    fpli_arena *arena;
    int *partner[2][FPLI_PARTS_MAX]; /* of each list of the content, by its field */
    int *variants[2];                /* by fpl_model_offset: a variant of the partner */
    int descriptors;                 /* the field of the descriptors */
} fpli_match;

/* Both models must outlive the match. Errors: FPL_E_MEMORY. */
fpl_status fpli_match_new(const fpl_model *old, const fpl_model *new, fpli_match **match);
void fpli_match_free(fpli_match *match);

/* -1 stays -1. */
int fpli_match_descriptor(const fpli_match *match, int side, int descriptor);
int fpli_match_variant(const fpli_match *match, int side, int descriptor, int variant);

/* Two lists of one kind of record, item with item. scope: the descriptor whose variants are meant. */
typedef struct fpli_two_lists {
    const fpli_record *record;
    fpli_list list[2];
    int scope[2];
    int *partner[2]; /* made by fpli_match_lists, in the match's arena */
} fpli_two_lists;

fpl_status fpli_match_lists(const fpli_match *match, fpli_two_lists *lists);

static inline void *fpli_item(const fpli_two_lists *lists, int side, int i)
{
    return (char *)lists->list[side].items + (size_t)i * lists->record->size;
}

/* ---- what records say, as text (render.c) --------------------------------------------------- */

/* From which side a record is; translated: ids of the old model as the new one has them. */
typedef struct fpli_rendering {
    const fpli_match *match;
    int side;
    int scope; /* descriptor, or -1 */
    bool translated;
} fpli_rendering;

/* The value of a field that holds no records: "3 0 -1", "[a, b]", "CONF=acute". Nothing if empty. */
void fpli_render_field(const fpli_rendering *r, const fpli_field *field, const void *base,
                       fpli_buffer *out);

/* All that a record states but its identity. */
void fpli_render_rest(const fpli_rendering *r, const fpli_record *record,
                      const void *base, fpli_buffer *out);

/* What tells a record from others of its list: its id, or what it must state: "CONF->LEVEL". */
void fpli_render_identity(const fpli_rendering *r, const fpli_record *record,
                          const void *base, fpli_buffer *out);
bool fpli_is_identity(const fpli_record *record, const fpli_field *field);
bool fpli_has_id(const fpli_record *record);

/* The scope inside a record, given the one outside. */
int fpli_scope_inside(const fpl_model *model, const fpli_record *record, const void *base,
                      int outside);

void fpli_render_decimal(fpl_decimal decimal, fpli_buffer *out);

#endif
