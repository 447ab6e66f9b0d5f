/* Asking a model for its shape and its judgements. */
#include "model/model.h"

#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void fpl_model_free(fpl_model *model)
{
    if (model == NULL) return;
    fpli_names_clear(&model->descriptors);
    fpli_arena_free(model->arena);
    fpli_free(model);
}

fpl_status fpli_model_fail(const fpl_model *model, fpl_mark mark, fpl_error *error,
                           const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fpli_fail_with(error, FPL_E_MODEL, model->files[mark.file != 0], mark, format,
                   arguments);
    va_end(arguments);
    return FPL_E_MODEL;
}

const fpl_content *fpl_model_content(const fpl_model *model)
{
    return &model->content;
}

const char *fpl_model_file(const fpl_model *model)
{
    return model->files[0] == NULL ? "" : model->files[0];
}

const char *fpl_model_digest(const fpl_model *model)
{
    return model->digest;
}

int fpl_model_n_descriptors(const fpl_model *model)
{
    return model->n_descriptors;
}

int fpl_model_n_variants(const fpl_model *model, int descriptor)
{
    return model->offset[descriptor + 1] - model->offset[descriptor];
}

int fpl_model_offset(const fpl_model *model, int descriptor)
{
    return model->offset[descriptor];
}

int fpl_model_judgement(const fpl_model *model, int from, int from_variant, int to,
                        int to_variant)
{
    const size_t row = (size_t)(model->offset[from] + from_variant);
    return model->matrix[row * (size_t)model->n_all_variants +
                         (size_t)(model->offset[to] + to_variant)];
}

const int16_t *fpl_model_matrix(const fpl_model *model)
{
    return model->matrix;
}

int fpl_model_denominator(const fpl_model *model)
{
    return model->denominator;
}

int fpl_model_scale(const fpl_model *model)
{
    return model->scale;
}

static const fpl_descriptor *descriptor_at(const fpl_model *model, int descriptor)
{
    return &model->content.descriptors.items[descriptor];
}

bool fpl_model_is_ordered(const fpl_model *model, int descriptor)
{
    return descriptor_at(model, descriptor)->ordered == FPL_YES;
}

const fpl_impact *fpl_model_impact(const fpl_model *model, int from, int to)
{
    return model->impact[(size_t)from * (size_t)model->n_descriptors + (size_t)to];
}

const fpl_reason *fpl_model_reason(const fpl_model *model, int from, int from_variant,
                                   int to)
{
    const fpl_impact *impact = fpl_model_impact(model, from, to);
    if (impact == NULL) return NULL;
    for (int i = 0; i < impact->because.n; i++)
        if (impact->because.items[i].variant.index == from_variant)
            return &impact->because.items[i];
    return NULL;
}

bool fpl_model_is_judged(const fpl_model *model, int from, int from_variant, int to)
{
    const fpl_impact *impact = fpl_model_impact(model, from, to);
    if (impact == NULL) return false;
    for (int i = 0; i < impact->scores.n; i++)
        if (impact->scores.items[i].variant.index == from_variant) return true;
    return false;
}

int fpl_model_find_descriptor(const fpl_model *model, const char *id)
{
    return fpli_names_find(&model->descriptors, id);
}

int fpl_model_find_variant(const fpl_model *model, int descriptor, const char *id)
{
    if (descriptor < 0 || descriptor >= model->n_descriptors) return -1;
    const fpl_descriptor *d = descriptor_at(model, descriptor);
    for (int v = 0; v < d->variants.n; v++)
        if (strcmp(d->variants.items[v].id, id) == 0) return v;
    return -1;
}

static const char *first_stated(const char *a, const char *b)
{
    return a[0] != '\0' ? a : b;
}

const char *fpl_model_descriptor_name(const fpl_model *model, int descriptor,
                                      const char *language)
{
    const fpl_descriptor *d = descriptor_at(model, descriptor);
    return first_stated(fpl_text_in(&d->name, language), d->id);
}

const char *fpl_model_descriptor_short_name(const fpl_model *model, int descriptor,
                                            const char *language)
{
    const fpl_descriptor *d = descriptor_at(model, descriptor);
    return first_stated(fpl_text_in(&d->short_name, language),
                        fpl_model_descriptor_name(model, descriptor, language));
}

const char *fpl_model_descriptor_id(const fpl_model *model, int descriptor)
{
    return descriptor_at(model, descriptor)->id;
}

const char *fpl_model_variant_id(const fpl_model *model, int descriptor, int variant)
{
    return descriptor_at(model, descriptor)->variants.items[variant].id;
}

const char *fpl_model_variant_name(const fpl_model *model, int descriptor, int variant,
                                   const char *language)
{
    const fpl_variant *v = &descriptor_at(model, descriptor)->variants.items[variant];
    return first_stated(fpl_text_in(&v->name, language), v->id);
}

const char *fpl_model_variant_short_name(const fpl_model *model, int descriptor,
                                         int variant, const char *language)
{
    const fpl_variant *v = &descriptor_at(model, descriptor)->variants.items[variant];
    return first_stated(fpl_text_in(&v->short_name, language),
                        fpl_model_variant_name(model, descriptor, variant, language));
}

int fpl_model_level(const fpl_model *model)
{
    return model->content.level.index;
}

int fpl_model_stance(const fpl_model *model)
{
    return model->content.stance.descriptor.index;
}

bool fpl_model_start(const fpl_model *model, uint16_t *z)
{
    const fpl_settings *start = &model->content.roadmap.start;
    memset(z, 0, (size_t)model->n_descriptors * sizeof *z);
    for (int i = 0; i < start->n; i++)
        z[start->items[i].descriptor.index] = (uint16_t)start->items[i].variant.index;
    return start->n > 0;
}

fpl_status fpl_model_space(const fpl_model *model, fpl_count *size)
{
    fpl_status status = fpl_count_set(size, 1);
    for (int d = 0; d < model->n_descriptors && status == FPL_OK; d++)
        status = fpl_count_mul_u64(size, (uint64_t)fpl_model_n_variants(model, d));
    return status;
}
