/* The inside of a model: linked content, and the judgements laid out for the engine. */
#ifndef FPLI_MODEL_H
#define FPLI_MODEL_H

#include "base/hash.h"
#include "base/names.h"
#include "model/records.h"

#include <fahrplan/formula.h>
#include <fahrplan/model.h>

struct fpl_model {
    fpli_arena *arena; /* holds everything below but the name tables */
    fpl_content content;
    const char *files[2];
    char digest[FPLI_DIGEST_TEXT];
    int n_descriptors;
    int n_all_variants;
    int *offset;               /* n_descriptors + 1 */
    int16_t *matrix;           /* n_all_variants rows of n_all_variants */
    const fpl_impact **impact; /* n_descriptors rows of n_descriptors */
    int denominator;
    int scale;
    fpli_names descriptors;
};

/* Deep copy of all content, with the name of the file of observations. */
fpl_status fpli_content_copy(fpli_arena *arena, fpl_content *to, const fpl_content *from);

/* Descriptors each once and well formed, entered into model->descriptors; the variants of one. */
fpl_status fpli_model_enter_descriptors(fpl_model *model, fpl_error *error);
fpl_status fpli_model_check_variants(const fpl_model *model, int descriptor,
                                     fpl_error *error);

/* What the field table cannot say: the level is an ordered choice, hedges have low <= high ...
 * (check.c). */
fpl_status fpli_model_check(const fpl_model *model, fpl_error *error);

/* Check what the content states and give every reference its index and every condition its formula
 * (resolve.c). The descriptors' shape (offsets, names) stands in the model already. */
fpl_status fpli_model_resolve(fpl_model *model, fpl_error *error);

/* SHA-256 over the linked content (digest.c). */
void fpli_model_digest(fpl_model *model);

/* Complain about a place in the model's own files. */
fpl_status fpli_model_fail(const fpl_model *model, fpl_mark mark, fpl_error *error,
                           const char *format, ...) FPL_PRINTF(4, 5);

#endif
