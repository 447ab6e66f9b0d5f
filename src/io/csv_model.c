/* Descriptors and variants of tables. */
#include "io/csv_model.h"

#include "base/status.h"
#include "io/ids.h"
#include "io/left_out.h"
#include "model/builder.h"

#include <string.h>

/* Linear in what stands there already: a table has few descriptors with few variants. */
static const char *new_id(fpli_arena *arena, const char *name, char letter,
                          const fpli_list *list, size_t size, size_t id_offset)
{
    const int n = list->n;
    const char **taken = fpli_new((size_t)n, sizeof *taken);
    if (taken == NULL) return NULL;
    for (int i = 0; i < n; i++)
        taken[i] = *(const char **)((char *)list->items + (size_t)i * size + id_offset);
    const char *id = fpli_id_make(arena, name, "", letter, n + 1, taken, n);
    fpli_free(taken);
    return id;
}

static bool set_name(fpli_arena *arena, const char *id, const char *name, fpl_text *text)
{
    if (strcmp(id, name) == 0) return true;
    fpl_phrase *phrase = fpli_list_append(arena, text, sizeof *phrase);
    if (phrase == NULL) return false;
    *phrase = (fpl_phrase){"", name};
    return true;
}

fpl_status fpli_csv_add_descriptor(fpli_arena *arena, fpl_content *content,
                                   const char *name, fpl_mark mark, fpl_error *error)
{
    const char *id = new_id(arena, name, 'D', (fpli_list *)&content->descriptors,
                            sizeof(fpl_descriptor), offsetof(fpl_descriptor, id));
    if (id == NULL) return fpli_no_memory(error);
    fpl_descriptor *d = fpli_list_append(arena, &content->descriptors, sizeof *d);
    if (d == NULL || !set_name(arena, id, name, &d->name)) return fpli_no_memory(error);
    d->id = id;
    d->head.mark = mark;
    return FPL_OK;
}

fpl_status fpli_csv_add_variant(fpli_arena *arena, fpl_content *content, int descriptor,
                                const char *name, fpl_mark mark, fpl_error *error)
{
    fpl_descriptor *d = &content->descriptors.items[descriptor];
    const char *id = new_id(arena, name, 'v', (fpli_list *)&d->variants,
                            sizeof(fpl_variant), offsetof(fpl_variant, id));
    if (id == NULL) return fpli_no_memory(error);
    fpl_variant *v = fpli_list_append(arena, &d->variants, sizeof *v);
    if (v == NULL || !set_name(arena, id, name, &v->name)) return fpli_no_memory(error);
    v->id = id;
    v->head.mark = mark;
    return FPL_OK;
}

fpl_scores *fpli_csv_add_group(fpli_arena *arena, fpl_impact *impact,
                               const fpl_descriptor *from, int variant, int n_values,
                               fpl_mark mark)
{
    fpl_scores *group = fpli_list_append(arena, &impact->scores, sizeof *group);
    if (group == NULL) return NULL;
    group->head.mark = mark;
    group->variant.id = from->variants.items[variant].id;
    group->variant.mark = mark;
    group->values.items = fpli_arena_alloc(arena, (size_t)n_values, sizeof(fpl_decimal));
    if (group->values.items == NULL) return NULL;
    group->values.n = n_values;
    return group;
}

bool fpli_csv_is_idle(const fpl_impact *impact)
{
    if (strcmp(impact->from.id, impact->to.id) != 0) return false;
    for (int r = 0; r < impact->scores.n; r++)
        for (int b = 0; b < impact->scores.items[r].values.n; b++)
            if (impact->scores.items[r].values.items[b].value != 0) return false;
    return impact->because.n == 0;
}

fpl_status fpli_csv_build(fpli_arena *arena, const fpl_content *content, const char *name,
                          fpl_model **model, fpl_error *error)
{
    fpl_builder *builder = NULL;
    fpl_status status = fpli_builder_take(arena, content, name, &builder, error);
    if (status == FPL_OK) status = fpl_builder_build(builder, model, error);
    fpl_builder_free(builder);
    return status;
}

/* ---- writing
 * ------------------------------------------------------------------------------ */

static bool is_among(const char *text, const char *const *texts, int n)
{
    for (int i = 0; i < n; i++)
        if (strcmp(texts[i], text) == 0) return true;
    return false;
}

/* The name if reading it gives the id back and nothing before it is called so. NULL if
 * there is no memory. */
static const char *label(fpli_arena *arena, const char *id, const fpl_text *text,
                         char letter, int index, const char *const *before,
                         bool *hold_names)
{
    const char *name = fpl_text_in(text, "");
    if (*name == '\0' || strcmp(name, id) == 0) return id;
    const size_t size = strlen(name);
    const char *again = fpli_id_make(arena, name, "", letter, index + 1, NULL, 0);
    if (again == NULL) return NULL;
    const bool edged = strchr(" \t", name[0]) || strchr(" \t", name[size - 1]);
    if (!edged && strcmp(again, id) == 0 && !is_among(name, before, index)) return name;
    *hold_names = false;
    return id;
}

fpl_status fpli_csv_label(fpli_arena *arena, const fpl_model *model,
                          fpli_csv_labels *labels, fpl_error *error)
{
    const fpl_content *content = fpl_model_content(model);
    const int n = fpl_model_n_descriptors(model);
    labels->hold_names = true;
    labels->descriptors = fpli_arena_alloc(arena, (size_t)n, sizeof(const char *));
    labels->variants = fpli_arena_alloc(arena, (size_t)fpl_model_offset(model, n),
                                        sizeof(const char *));
    if (labels->descriptors == NULL || labels->variants == NULL)
        return fpli_no_memory(error);
    for (int d = 0; d < n; d++) {
        const fpl_descriptor *descriptor = &content->descriptors.items[d];
        labels->descriptors[d] = label(arena, descriptor->id, &descriptor->name, 'D', d,
                                       labels->descriptors, &labels->hold_names);
        if (labels->descriptors[d] == NULL) return fpli_no_memory(error);
        const char **variants = labels->variants + fpl_model_offset(model, d);
        for (int v = 0; v < descriptor->variants.n; v++) {
            const fpl_variant *variant = &descriptor->variants.items[v];
            variants[v] = label(arena, variant->id, &variant->name, 'v', v, variants,
                                &labels->hold_names);
            if (variants[v] == NULL) return fpli_no_memory(error);
        }
    }
    return FPL_OK;
}

fpl_decimal fpli_csv_judgement(const fpl_model *model, int from, int from_variant, int to,
                               int to_variant)
{
    fpl_decimal score = {fpl_model_judgement(model, from, from_variant, to, to_variant),
                         0};
    for (int rest = fpl_model_denominator(model); rest > 1; rest /= 10) score.places++;
    for (; score.places > 0 && score.value % 10 == 0; score.places--) score.value /= 10;
    return score;
}

/* The scale that a reader of the judgements will find. */
static int scale_found(const fpl_model *model)
{
    const int V = fpl_model_offset(model, fpl_model_n_descriptors(model));
    const int16_t *matrix = fpl_model_matrix(model);
    const int denominator = fpl_model_denominator(model);
    int largest = 0;
    for (size_t i = 0; i < (size_t)V * (size_t)V; i++) {
        const int size = matrix[i] < 0 ? -matrix[i] : matrix[i];
        if (size > largest) largest = size;
    }
    const int scale = (largest + denominator - 1) / denominator;
    return scale < 3 ? 3 : scale;
}

fpl_status fpli_csv_tell_left_out(const fpl_model *model, const fpl_save_options *options,
                                  const fpli_csv_labels *labels, const char *const *held,
                                  fpl_error *error)
{
    const char *paths[16] = {NULL};
    int n = 0;
    for (; held[n] != NULL && n < 12; n++) paths[n] = held[n];
    if (labels->hold_names) {
        paths[n++] = "descriptors.name";
        paths[n++] = "descriptors.variants.name";
    }
    if (fpl_model_content(model)->scale.value == scale_found(model)) paths[n++] = "scale";
    return fpli_tell_left_out(model, options, N_("this table"), paths, "", error);
}
