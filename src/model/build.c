/* Building: copy what was stated, give it a shape, link it, lay out the judgements. */
#include "base/status.h"
#include "model/builder.h"
#include "model/model.h"

#include <string.h>

fpl_status fpli_content_copy(fpli_arena *arena, fpl_content *to, const fpl_content *from)
{
    fpl_status status = fpli_record_copy(arena, &fpli_content_record, to, from);
    if (status != FPL_OK || from->observations_file == NULL) return status;
    to->observations_file = fpli_arena_text(arena, from->observations_file,
                                            strlen(from->observations_file));
    return to->observations_file == NULL ? FPL_E_MEMORY : FPL_OK;
}

/* method.md, M7.4: prices of changing a judgement by one unit. */
static fpl_status default_grades(fpl_model *model)
{
    static const struct {
        const char *id;
        int price;
    } grades[] = {{"stated", 4}, {"implied", 2}, {"analyst", 1}};
    if (model->content.grades.n > 0) return FPL_OK;
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) {
        fpl_grade *grade = fpli_list_append(model->arena, &model->content.grades,
                                            sizeof *grade);
        if (grade == NULL) return FPL_E_MEMORY;
        grade->id = grades[i].id;
        grade->price = (fpl_integer){grades[i].price, true};
    }
    return FPL_OK;
}

static fpl_status lay_out_descriptors(fpl_model *model, fpl_error *error)
{
    const fpl_content *content = &model->content;
    const int n = content->descriptors.n;
    if (n == 0)
        return fpli_model_fail(model, content->head.mark, error,
                               "the model has no descriptors");
    if (n > FPL_DESCRIPTORS_MAX)
        return fpli_model_fail(model, content->head.mark, error,
                               "the model has %d descriptors, %d are allowed", n,
                               FPL_DESCRIPTORS_MAX);
    model->n_descriptors = n;
    model->offset = fpli_arena_alloc(model->arena, (size_t)n + 1, sizeof *model->offset);
    if (model->offset == NULL) return fpli_no_memory(error);
    fpl_status status = fpli_model_enter_descriptors(model, error);
    for (int d = 0; d < n && status == FPL_OK; d++) {
        const fpl_descriptor *descriptor = &content->descriptors.items[d];
        const int k = descriptor->variants.n;
        if (k < 1 || k > FPL_VARIANTS_MAX)
            return fpli_model_fail(model, descriptor->head.mark, error,
                                   "descriptor '%s' has %d variants, 1..%d are allowed",
                                   descriptor->id, k, FPL_VARIANTS_MAX);
        model->offset[d + 1] = model->offset[d] + k;
        status = fpli_model_check_variants(model, d, error);
    }
    model->n_all_variants = model->offset[n];
    if (status == FPL_OK && model->n_all_variants > FPL_ALL_VARIANTS_MAX)
        return fpli_model_fail(model, content->head.mark, error,
                               "the model has %d variants in all, %d are allowed",
                               model->n_all_variants, FPL_ALL_VARIANTS_MAX);
    return status;
}

static fpl_status enter_sections(fpl_model *model, fpl_error *error)
{
    const size_t n = (size_t)model->n_descriptors;
    model->impact = fpli_arena_alloc(model->arena, n * n, sizeof *model->impact);
    if (model->impact == NULL) return fpli_no_memory(error);
    for (int i = 0; i < model->content.impacts.n; i++) {
        const fpl_impact *impact = &model->content.impacts.items[i];
        const fpl_impact **entry =
            &model->impact[(size_t)impact->from.index * n + (size_t)impact->to.index];
        if (*entry == NULL) *entry = impact; /* a second one is a complaint of check.c */
    }
    return FPL_OK;
}

/* ---- judgements over one denominator ------------------------------------------------------ */

static const int power_of_ten[] = {1, 10, 100, 1000, 10000};

enum { PLACES_MAX = 4 };

static int places_of(fpl_decimal score)
{
    while (score.places > 0 && score.value % 10 == 0) {
        score.value /= 10;
        score.places--;
    }
    return score.places;
}

static fpl_status find_denominator(fpl_model *model, fpl_error *error)
{
    int places = 0;
    for (int i = 0; i < model->content.impacts.n; i++) {
        const fpl_impact *impact = &model->content.impacts.items[i];
        for (int r = 0; r < impact->scores.n; r++) {
            const fpl_scores *row = &impact->scores.items[r];
            for (int b = 0; b < row->values.n; b++) {
                const fpl_decimal score = row->values.items[b];
                if (score.places < 0 || score.places > PLACES_MAX)
                    return fpli_model_fail(
                        model, row->head.mark, error,
                        "a score has %d decimals, at most %d are allowed",
                        (int)score.places, PLACES_MAX);
                if (places_of(score) > places) places = places_of(score);
            }
        }
    }
    model->denominator = power_of_ten[places];
    return FPL_OK;
}

static fpl_status fill_row(fpl_model *model, const fpl_impact *impact,
                           const fpl_scores *row, fpl_error *error)
{
    const size_t at = (size_t)(model->offset[impact->from.index] + row->variant.index);
    int16_t *cells = model->matrix + at * (size_t)model->n_all_variants +
                     (size_t)model->offset[impact->to.index];
    for (int b = 0; b < row->values.n; b++) {
        const fpl_decimal score = row->values.items[b];
        const int64_t value = (int64_t)score.value * model->denominator /
                              power_of_ten[score.places];
        if (value < -INT16_MAX || value > INT16_MAX)
            return fpli_model_fail(model, row->head.mark, error,
                                   "score %d of the row '%s' is too large: %d/%d at most",
                                   b + 1, row->variant.id, INT16_MAX, model->denominator);
        cells[b] = (int16_t)value;
    }
    return FPL_OK;
}

static fpl_status lay_out_judgements(fpl_model *model, fpl_error *error)
{
    fpl_status status = find_denominator(model, error);
    if (status != FPL_OK) return status;
    const size_t V = (size_t)model->n_all_variants;
    model->matrix = fpli_arena_alloc(model->arena, V * V, sizeof *model->matrix);
    if (model->matrix == NULL) return fpli_no_memory(error);
    for (int i = 0; i < model->content.impacts.n; i++) {
        const fpl_impact *impact = &model->content.impacts.items[i];
        for (int r = 0; r < impact->scores.n && status == FPL_OK; r++)
            status = fill_row(model, impact, &impact->scores.items[r], error);
    }
    const fpl_integer scale = model->content.scale;
    model->scale = (scale.stated ? scale.value : 3) * model->denominator;
    return status;
}

fpl_status fpl_builder_build(const fpl_builder *builder, fpl_model **model,
                             fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_model *m = fpli_new(1, sizeof *m);
    if (m == NULL) return fpli_no_memory(error);
    m->arena = fpli_arena_new();
    FPL_TRY(m->arena == NULL ? FPL_E_MEMORY : FPL_OK);
    for (int i = 0; i < 2; i++) {
        const char *file = builder->files[i];
        if (file == NULL) continue;
        m->files[i] = fpli_arena_text(m->arena, file, strlen(file));
        FPL_TRY(m->files[i] == NULL ? FPL_E_MEMORY : FPL_OK);
    }
    FPL_TRY(fpli_content_copy(m->arena, &m->content, &builder->content));
    FPL_TRY(default_grades(m));
    FPL_TRY(lay_out_descriptors(m, error));
    FPL_TRY(fpli_model_resolve(m, error));
    FPL_TRY(enter_sections(m, error));
    FPL_TRY(fpli_model_check(m, error));
    FPL_TRY(lay_out_judgements(m, error));
    fpli_model_digest(m);
    *model = m;
    m = NULL;
out:
    fpl_model_free(m);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}
