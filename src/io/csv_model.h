/* What the two shapes of tables share: names that become descriptors and variants, and
 * back. */
#ifndef FPLI_CSV_MODEL_H
#define FPLI_CSV_MODEL_H

#include "io/csv_table.h"

#include <fahrplan/model.h>

/* Append a descriptor, or a variant to the last or any descriptor, with the id that its
 * name gives. FPL_E_MEMORY. */
fpl_status fpli_csv_add_descriptor(fpli_arena *arena, fpl_content *content,
                                   const char *name, fpl_mark mark, fpl_error *error);
fpl_status fpli_csv_add_variant(fpli_arena *arena, fpl_content *content, int descriptor,
                                const char *name, fpl_mark mark, fpl_error *error);

/* The group of a variant in a section, all zero, appended. NULL if there is no memory. */
fpl_scores *fpli_csv_add_group(fpli_arena *arena, fpl_impact *impact,
                               const fpl_descriptor *from, int variant, int n_values,
                               fpl_mark mark);

/* Whether the section says nothing: from a descriptor to itself and all zero. */
bool fpli_csv_is_idle(const fpl_impact *impact);

/* Build the model; the arena is consumed in any case. */
fpl_status fpli_csv_build(fpli_arena *arena, const fpl_content *content, const char *name,
                          fpl_model **model, fpl_error *error);

/* ---- writing
 * ------------------------------------------------------------------------------ */

/* What stands for descriptors and variants in a table: the name if reading gives the id
 * back, else the id. */
typedef struct fpli_csv_labels {
    const char **descriptors;
    const char **variants; /* numbered through as in fpl_model_offset */
    bool hold_names;       /* no name is lost */
} fpli_csv_labels;

fpl_status fpli_csv_label(fpli_arena *arena, const fpl_model *model,
                          fpli_csv_labels *labels, fpl_error *error);

/* A judgement as it is written. */
fpl_decimal fpli_csv_judgement(const fpl_model *model, int from, int from_variant, int to,
                               int to_variant);

/* Tell what a table leaves out. held as for fpli_tell_left_out, at most 12 paths. */
fpl_status fpli_csv_tell_left_out(const fpl_model *model, const fpl_save_options *options,
                                  const fpli_csv_labels *labels, const char *const *held,
                                  fpl_error *error);

#endif
