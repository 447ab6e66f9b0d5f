/* Builders: deep copies of what callers state, in one arena. */
#include "model/builder.h"

#include "base/status.h"
#include "model/model.h"

#include <string.h>

/* Which list of the content a kind of record belongs to. */
static const char *const list_keys[FPL_RECORD_END] = {
    [FPL_RECORD_GRADE] = "grades",
    [FPL_RECORD_SOURCE] = "sources",
    [FPL_RECORD_ACTOR] = "actors",
    [FPL_RECORD_DESCRIPTOR] = "descriptors",
    [FPL_RECORD_IMPACT] = "impacts",
    [FPL_RECORD_EXCLUSION] = "exclusions",
    [FPL_RECORD_MEASURE] = "measures",
    [FPL_RECORD_GATE] = "gates",
    [FPL_RECORD_CLAIM] = "claims",
    [FPL_RECORD_LOOP] = "loops",
    [FPL_RECORD_SIGNPOST] = "signposts",
    [FPL_RECORD_HEDGE] = "hedges",
    [FPL_RECORD_OBSERVATION] = "observations",
    [FPL_RECORD_STATE] = "states",
    [FPL_RECORD_PREDICTION] = "predictions",
    [FPL_RECORD_NOTE] = "notes",
};

fpl_status fpl_builder_new(fpl_builder **builder, fpl_error *error)
{
    fpl_builder *b = fpli_new(1, sizeof *b);
    if (b == NULL) return fpli_no_memory(error);
    b->arena = fpli_arena_new();
    if (b->arena == NULL) {
        fpli_free(b);
        return fpli_no_memory(error);
    }
    *builder = b;
    return FPL_OK;
}

void fpl_builder_free(fpl_builder *builder)
{
    if (builder == NULL) return;
    fpli_arena_free(builder->arena);
    fpli_free(builder);
}

static fpl_status set_file(fpl_builder *builder, int which, const char *file,
                           fpl_error *error)
{
    if (file == NULL) return FPL_OK;
    const char *copy = fpli_arena_text(builder->arena, file, strlen(file));
    if (copy == NULL) return fpli_no_memory(error);
    builder->files[which] = copy;
    return FPL_OK;
}

fpl_status fpli_builder_take(fpli_arena *arena, const fpl_content *content,
                             const char *file, fpl_builder **builder, fpl_error *error)
{
    fpl_builder *b = fpli_new(1, sizeof *b);
    if (b == NULL) {
        fpli_arena_free(arena);
        return fpli_no_memory(error);
    }
    b->arena = arena;
    b->content = *content;
    fpl_status status = set_file(b, 0, file, error);
    if (status == FPL_OK)
        *builder = b;
    else
        fpl_builder_free(b);
    return status;
}

fpl_status fpl_builder_set_file(fpl_builder *builder, const char *file, fpl_error *error)
{
    return set_file(builder, 0, file, error);
}

fpl_status fpli_builder_set_second_file(fpl_builder *builder, const char *file,
                                        fpl_error *error)
{
    return set_file(builder, 1, file, error);
}

fpl_status fpl_builder_copy(const fpl_model *model, fpl_builder **builder,
                            fpl_error *error)
{
    fpl_status status = FPL_OK;
    fpl_builder *b = NULL;
    FPL_TRY(fpl_builder_new(&b, error));
    FPL_TRY(fpli_content_copy(b->arena, &b->content, fpl_model_content(model)));
    for (int i = 0; i < 2; i++) FPL_TRY(set_file(b, i, model->files[i], error));
    *builder = b;
    b = NULL;
out:
    fpl_builder_free(b);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

static const fpli_field *list_field(fpl_record kind)
{
    for (int i = 0; i < fpli_content_record.n_fields; i++) {
        const fpli_field *field = &fpli_content_record.fields[i];
        if (strcmp(field->key, list_keys[kind]) == 0) return field;
    }
    return NULL;
}

fpl_status fpl_builder_add(fpl_builder *builder, fpl_record kind, const void *item,
                           fpl_error *error)
{
    if ((unsigned)kind >= FPL_RECORD_END)
        return fpli_fail(error, FPL_E_ARGUMENT, "no kind of record has the number %d",
                         (int)kind);
    const fpli_field *field = list_field(kind);
    fpli_list *list = fpli_member(&builder->content, field);
    void *added = fpli_list_append(builder->arena, list, field->record->size);
    if (added == NULL) return fpli_no_memory(error);
    fpl_status status = fpli_record_copy(builder->arena, field->record, added, item);
    if (status == FPL_OK) return FPL_OK;
    memset(added, 0, field->record->size);
    list->n--;
    return fpli_no_memory(error);
}

/* Everything of *content but its lists of records: those stay the builder's own. */
fpl_status fpl_builder_set_header(fpl_builder *builder, const fpl_content *content,
                                  fpl_error *error)
{
    fpl_content shallow = *content;
    const fpli_record *record = &fpli_content_record;
    for (int i = 0; i < record->n_fields; i++) {
        if (record->fields[i].type == FPLI_RECORDS)
            *(fpli_list *)fpli_member(&shallow, &record->fields[i]) = (fpli_list){NULL,
                                                                                  0};
    }
    fpl_content header;
    if (fpli_content_copy(builder->arena, &header, &shallow) != FPL_OK)
        return fpli_no_memory(error);
    for (int i = 0; i < record->n_fields; i++) {
        const fpli_field *field = &record->fields[i];
        if (field->type == FPLI_RECORDS)
            *(fpli_list *)fpli_member(&header, field) = *(fpli_list *)fpli_member(
                &builder->content, field);
    }
    builder->content = header;
    return FPL_OK;
}

const fpl_content *fpl_builder_content(const fpl_builder *builder)
{
    return &builder->content;
}

/* ---- shorthands --------------------------------------------------------------------------- */

fpl_status fpl_builder_descriptor(fpl_builder *builder, const char *id, fpl_error *error)
{
    const fpl_descriptor descriptor = {.id = id};
    return fpl_builder_add(builder, FPL_RECORD_DESCRIPTOR, &descriptor, error);
}

static fpl_status find_descriptor(fpl_builder *builder, int index,
                                  fpl_descriptor **descriptor, fpl_error *error)
{
    if (index < 0 || index >= builder->content.descriptors.n)
        return fpli_fail(error, FPL_E_ARGUMENT, "there is no descriptor %d, only 0..%d",
                         index, builder->content.descriptors.n - 1);
    *descriptor = &builder->content.descriptors.items[index];
    return FPL_OK;
}

static fpl_status find_variant(fpl_builder *builder, int index, int variant,
                               const fpl_descriptor **descriptor, fpl_error *error)
{
    fpl_descriptor *d = NULL;
    fpl_status status = find_descriptor(builder, index, &d, error);
    if (status != FPL_OK) return status;
    if (variant < 0 || variant >= d->variants.n)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "descriptor '%s' has no variant %d, only 0..%d", d->id, variant,
                         d->variants.n - 1);
    *descriptor = d;
    return FPL_OK;
}

fpl_status fpl_builder_variant(fpl_builder *builder, int descriptor, const char *id,
                               fpl_error *error)
{
    fpl_descriptor *d = NULL;
    fpl_status status = find_descriptor(builder, descriptor, &d, error);
    if (status != FPL_OK) return status;
    fpl_variant *variant = fpli_list_append(builder->arena, &d->variants,
                                            sizeof *variant);
    if (variant == NULL) return fpli_no_memory(error);
    variant->id = fpli_arena_text(builder->arena, id, strlen(id));
    if (variant->id != NULL) return FPL_OK;
    d->variants.n--;
    return fpli_no_memory(error);
}

static bool refers_to(const fpl_ref *ref, const char *id)
{
    return ref->id != NULL && strcmp(ref->id, id) == 0;
}

static fpl_impact *section(fpl_builder *builder, const char *from, const char *to)
{
    for (int i = 0; i < builder->content.impacts.n; i++) {
        fpl_impact *impact = &builder->content.impacts.items[i];
        if (refers_to(&impact->from, from) && refers_to(&impact->to, to)) return impact;
    }
    const fpl_impact empty = {.from = {.id = from}, .to = {.id = to}};
    if (fpl_builder_add(builder, FPL_RECORD_IMPACT, &empty, NULL) != FPL_OK) return NULL;
    return &builder->content.impacts.items[builder->content.impacts.n - 1];
}

/* The group of a source variant in a section, filled with zeros if it is new. */
static fpl_scores *group(fpl_builder *builder, fpl_impact *impact, const char *variant,
                         int n)
{
    for (int i = 0; i < impact->scores.n; i++)
        if (refers_to(&impact->scores.items[i].variant, variant))
            return &impact->scores.items[i];
    fpl_scores *scores = fpli_list_append(builder->arena, &impact->scores,
                                          sizeof *scores);
    if (scores == NULL) return NULL;
    scores->variant.id = fpli_arena_text(builder->arena, variant, strlen(variant));
    bool complete = scores->variant.id != NULL;
    for (int i = 0; i < n && complete; i++)
        complete = fpli_list_append(builder->arena, &scores->values,
                                    sizeof(fpl_decimal)) != NULL;
    if (complete) return scores;
    impact->scores.n--;
    memset(scores, 0, sizeof *scores);
    return NULL;
}

fpl_status fpl_builder_score(fpl_builder *builder, int from, int from_variant, int to,
                             int to_variant, fpl_decimal score, fpl_error *error)
{
    const fpl_descriptor *source = NULL, *target = NULL;
    fpl_status status = find_variant(builder, from, from_variant, &source, error);
    if (status == FPL_OK) status = find_variant(builder, to, to_variant, &target, error);
    if (status != FPL_OK) return status;
    fpl_impact *impact = section(builder, source->id, target->id);
    if (impact == NULL) return fpli_no_memory(error);
    fpl_scores *scores = group(builder, impact, source->variants.items[from_variant].id,
                               target->variants.n);
    if (scores == NULL) return fpli_no_memory(error);
    while (scores->values.n < target->variants.n) /* variants added since */
        if (fpli_list_append(builder->arena, &scores->values, sizeof(fpl_decimal)) ==
            NULL)
            return fpli_no_memory(error);
    scores->values.items[to_variant] = score;
    return FPL_OK;
}
