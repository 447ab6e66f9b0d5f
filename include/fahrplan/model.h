/* Builder and model. A builder collects what is stated; building checks it, links every name to
 * what it names, compiles the formulas and lays the judgements out for the engine. */
#ifndef FAHRPLAN_MODEL_H
#define FAHRPLAN_MODEL_H

#include <fahrplan/count.h>
#include <fahrplan/records.h>
#include <fahrplan/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of a model. Beyond them building returns FPL_E_MODEL. */
enum {
    FPL_DESCRIPTORS_MAX = 1024,
    FPL_VARIANTS_MAX = 64,       /* of one descriptor */
    FPL_ALL_VARIANTS_MAX = 8192, /* of all descriptors together */
    FPL_SCALE_MAX = 1000
};

typedef struct fpl_builder fpl_builder;
typedef struct fpl_model fpl_model;

/* ---- builder ----------------------------------------------------------------------------- */

FPL_API fpl_status fpl_builder_new(fpl_builder **builder, fpl_error *error);

/* A builder that holds all that a model states, to be changed and built again. */
FPL_API fpl_status fpl_builder_copy(const fpl_model *model, fpl_builder **builder,
                                    fpl_error *error);
FPL_API void fpl_builder_free(fpl_builder *builder);

/* The kinds of record that a model lists. */
typedef enum fpl_record {
    FPL_RECORD_GRADE,
    FPL_RECORD_SOURCE,
    FPL_RECORD_ACTOR,
    FPL_RECORD_DESCRIPTOR,
    FPL_RECORD_IMPACT,
    FPL_RECORD_EXCLUSION,
    FPL_RECORD_MEASURE,
    FPL_RECORD_GATE,
    FPL_RECORD_CLAIM,
    FPL_RECORD_LOOP,
    FPL_RECORD_SIGNPOST,
    FPL_RECORD_HEDGE,
    FPL_RECORD_OBSERVATION,
    FPL_RECORD_STATE,
    FPL_RECORD_PREDICTION,
    FPL_RECORD_NOTE,
    FPL_RECORD_END
} fpl_record;

/* Append a deep copy of *item, which is the struct of that kind (fpl_measure for
 * FPL_RECORD_MEASURE), to the list of that kind. Checked when the model is built. */
FPL_API fpl_status fpl_builder_add(fpl_builder *builder, fpl_record kind,
                                   const void *item, fpl_error *error);

/* Deep copies of the parts that a model has once: texts, scale, level, stance, regime, roadmap and
 * the rest of *content that is no list of records. What *content leaves empty is empty
 * afterwards: begin with a copy of *fpl_builder_content(builder) to change one part. */
FPL_API fpl_status fpl_builder_set_header(fpl_builder *builder,
                                          const fpl_content *content, fpl_error *error);

/* Shorthands for programs that only want numbers. descriptor: 0-based, in the order of adding. */
FPL_API fpl_status fpl_builder_descriptor(fpl_builder *builder, const char *id,
                                          fpl_error *error);
FPL_API fpl_status fpl_builder_variant(fpl_builder *builder, int descriptor,
                                       const char *id, fpl_error *error);

/* Set one judgement: influence of variant `from_variant` of descriptor `from` on variant
 * `to_variant` of descriptor `to`. Replaces what was there. */
FPL_API fpl_status fpl_builder_score(fpl_builder *builder, int from, int from_variant,
                                     int to, int to_variant, fpl_decimal score,
                                     fpl_error *error);

/* What the builder holds so far. */
FPL_API const fpl_content *fpl_builder_content(const fpl_builder *builder);

/* The name by which complaints call the text that the marks refer to. Copied. */
FPL_API fpl_status fpl_builder_set_file(fpl_builder *builder, const char *file,
                                        fpl_error *error);

/* Check and link everything. The builder stays as it is and may be changed and built again.
 * Cost: linear in what is stated, plus (all variants)^2 for the matrix.
 * Errors: FPL_E_MODEL with the place and the nearest known name; FPL_E_SYNTAX in a formula;
 * FPL_E_MEMORY; FPL_E_OVERFLOW if sums of judgements do not fit 31 bits. */
FPL_API fpl_status fpl_builder_build(const fpl_builder *builder, fpl_model **model,
                                     fpl_error *error);

FPL_API void fpl_model_free(fpl_model *model);

/* ---- what was stated --------------------------------------------------------------------- */

/* All records, linked. */
FPL_API const fpl_content *fpl_model_content(const fpl_model *model);

/* The name of the text the model came from, "" if none. Marks refer to it. */
FPL_API const char *fpl_model_file(const fpl_model *model);

/* SHA-256 of everything stated (not of its layout, comments or order of keys): 64 hex digits. */
FPL_API const char *fpl_model_digest(const fpl_model *model);

/* ---- the shape, for engines -------------------------------------------------------------- */

FPL_API int fpl_model_n_descriptors(const fpl_model *model);
FPL_API int fpl_model_n_variants(const fpl_model *model, int descriptor);

/* Variants of all descriptors are numbered through: variant v of descriptor d is offset(d) + v.
 * offset(n_descriptors) is their number V. */
FPL_API int fpl_model_offset(const fpl_model *model, int descriptor);

/* Judgement C[from,from_variant -> to,to_variant], in units of 1/denominator. */
FPL_API int fpl_model_judgement(const fpl_model *model, int from, int from_variant,
                                int to, int to_variant);

/* All judgements, V rows of V: [offset(i)+a][offset(j)+b]. */
FPL_API const int16_t *fpl_model_matrix(const fpl_model *model);

/* The common denominator of all judgements, a power of ten or less; 1 without decimals. */
FPL_API int fpl_model_denominator(const fpl_model *model);

/* The largest absolute judgement that the scale allows, in units of 1/denominator. */
FPL_API int fpl_model_scale(const fpl_model *model);

FPL_API bool fpl_model_is_ordered(const fpl_model *model, int descriptor);

/* The section that holds the judgements i -> j, or NULL if nobody judged it. */
FPL_API const fpl_impact *fpl_model_impact(const fpl_model *model, int from, int to);

/* The reason given for a group, or NULL. */
FPL_API const fpl_reason *fpl_model_reason(const fpl_model *model, int from,
                                           int from_variant, int to);

/* Whether anybody stated the group (its row stands under `scores`). */
FPL_API bool fpl_model_is_judged(const fpl_model *model, int from, int from_variant,
                                 int to);

/* Index by id, -1 if there is none; a variant also if there is no such descriptor, so that
 * a descriptor that was not found may be handed on. */
FPL_API int fpl_model_find_descriptor(const fpl_model *model, const char *id);
FPL_API int fpl_model_find_variant(const fpl_model *model, int descriptor,
                                   const char *id);

/* The id as it stands in the file. Never NULL. */
FPL_API const char *fpl_model_descriptor_id(const fpl_model *model, int descriptor);
FPL_API const char *fpl_model_variant_id(const fpl_model *model, int descriptor,
                                         int variant);

/* Name to show: the short or full name in a language, else the id. Never NULL. */
FPL_API const char *fpl_model_descriptor_name(const fpl_model *model, int descriptor,
                                              const char *language);
FPL_API const char *fpl_model_descriptor_short_name(const fpl_model *model,
                                                    int descriptor, const char *language);
FPL_API const char *fpl_model_variant_name(const fpl_model *model, int descriptor,
                                           int variant, const char *language);
FPL_API const char *fpl_model_variant_short_name(const fpl_model *model, int descriptor,
                                                 int variant, const char *language);

/* The descriptor that is the level, the stance; -1 if the model has none. */
FPL_API int fpl_model_level(const fpl_model *model);
FPL_API int fpl_model_stance(const fpl_model *model);

/* The scenario from which succession starts: n indices into z. The stated start where it names a
 * descriptor; 0 elsewhere. false if the model states no start at all. */
FPL_API bool fpl_model_start(const fpl_model *model, uint16_t *z);

/* |Z|, the number of all combinations of variants (exclusions not subtracted). */
FPL_API fpl_status fpl_model_space(const fpl_model *model, fpl_count *size);

#ifdef __cplusplus
}
#endif

#endif
