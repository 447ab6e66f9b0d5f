/* From a ScenarioWizard project to a model. Ids come from short names where these can be
 * ids, else from long names; all names stay as they are. */
#include "base/status.h"
#include "io/ids.h"
#include "io/io.h"
#include "io/scw.h"
#include "model/builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct making {
    fpli_arena *arena;
    const scw_project *project;
    fpl_content content;
    fpl_error *error;
} making;

static fpl_status set_text(making *m, fpl_text *text, const char *wording)
{
    if (*wording == '\0') return FPL_OK;
    fpl_phrase *phrase = fpli_list_append(m->arena, text, sizeof *phrase);
    if (phrase == NULL) return fpli_no_memory(m->error);
    *phrase = (fpl_phrase){"", wording};
    return FPL_OK;
}

static const char *color_of(making *m, const scw_variant *variant)
{
    char color[8];
    if (strcmp(variant->color, "FFFFFF") == 0) return NULL;
    snprintf(color, sizeof color, "#%s", variant->color);
    return fpli_arena_text(m->arena, color, strlen(color));
}

static fpl_status make_variants(making *m, const scw_descriptor *from, fpl_descriptor *to)
{
    const char **taken = fpli_new((size_t)from->n_variants, sizeof *taken);
    if (taken == NULL) return fpli_no_memory(m->error);
    fpl_status status = FPL_OK;
    for (int v = 0; v < from->n_variants; v++) {
        const scw_variant *variant = &m->project->variants[from->first + v];
        fpl_variant *made = fpli_list_append(m->arena, &to->variants, sizeof *made);
        taken[v] = fpli_id_make(m->arena, variant->short_name, variant->name, 'v', v + 1,
                                taken, v);
        FPL_TRY(made == NULL || taken[v] == NULL ? fpli_no_memory(m->error) : FPL_OK);
        made->id = taken[v];
        made->head.mark = variant->mark;
        made->color = color_of(m, variant);
        FPL_TRY(made->color == NULL && strcmp(variant->color, "FFFFFF") != 0
                    ? fpli_no_memory(m->error)
                    : FPL_OK);
        FPL_TRY(set_text(m, &made->name, variant->name));
        FPL_TRY(set_text(m, &made->short_name, variant->short_name));
    }
out:
    fpli_free(taken);
    return status;
}

static fpl_status make_descriptors(making *m)
{
    const int n = m->project->n;
    const char **taken = fpli_new((size_t)n, sizeof *taken);
    if (taken == NULL) return fpli_no_memory(m->error);
    fpl_status status = FPL_OK;
    for (int d = 0; d < n; d++) {
        const scw_descriptor *from = &m->project->descriptors[d];
        fpl_descriptor *made = fpli_list_append(m->arena, &m->content.descriptors,
                                                sizeof *made);
        taken[d] = fpli_id_make(m->arena, from->short_name, from->name, 'D', d + 1, taken,
                                d);
        FPL_TRY(made == NULL || taken[d] == NULL ? fpli_no_memory(m->error) : FPL_OK);
        made->id = taken[d];
        made->head.mark = from->mark;
        FPL_TRY(set_text(m, &made->name, from->name));
        FPL_TRY(set_text(m, &made->short_name, from->short_name));
        FPL_TRY(set_text(m, &made->cited.note, from->text));
        FPL_TRY(make_variants(m, from, made));
    }
out:
    fpli_free(taken);
    return status;
}

static bool is_zero(const scw_project *project, const scw_descriptor *from,
                    const scw_descriptor *to)
{
    const size_t T = (size_t)project->n_variants;
    for (int a = 0; a < from->n_variants; a++)
        for (int b = 0; b < to->n_variants; b++)
            if (project->scores[(size_t)(from->first + a) * T +
                                (size_t)(to->first + b)] != 0)
                return false;
    return true;
}

static fpl_status make_group(making *m, const scw_descriptor *from, int variant,
                             const scw_descriptor *to, const char *id, fpl_impact *impact)
{
    const size_t T = (size_t)m->project->n_variants;
    const int row = from->first + variant;
    fpl_scores *scores = fpli_list_append(m->arena, &impact->scores, sizeof *scores);
    fpl_decimal *values = fpli_arena_alloc(m->arena, (size_t)to->n_variants,
                                           sizeof(fpl_decimal));
    if (scores == NULL || values == NULL) return fpli_no_memory(m->error);
    scores->head.mark = m->project->row_marks[row];
    scores->variant = (fpl_ref){.id = id, .mark = scores->head.mark};
    scores->values.items = values;
    scores->values.n = to->n_variants;
    for (int b = 0; b < to->n_variants; b++) {
        values[b].value = m->project->scores[(size_t)row * T + (size_t)(to->first + b)];
        if (abs(values[b].value) > m->content.scale.value)
            m->content.scale.value = abs(values[b].value);
    }
    return FPL_OK;
}

/* A section that is all zero and has no text was not judged. */
static fpl_status make_section(making *m, int i, int j)
{
    const scw_project *project = m->project;
    const scw_descriptor *from = &project->descriptors[i], *to = &project->descriptors[j];
    const char *text = project->texts[i * project->n + j];
    if (*text == '\0' && is_zero(project, from, to)) return FPL_OK;
    fpl_impact *impact = fpli_list_append(m->arena, &m->content.impacts, sizeof *impact);
    if (impact == NULL) return fpli_no_memory(m->error);
    const fpl_descriptor *source = &m->content.descriptors.items[i];
    impact->from.id = source->id;
    impact->to.id = m->content.descriptors.items[j].id;
    impact->head.mark = project->row_marks[from->first];
    fpl_status status = set_text(m, &impact->note, text);
    for (int a = 0; a < from->n_variants && status == FPL_OK; a++)
        status = make_group(m, from, a, to, source->variants.items[a].id, impact);
    return status;
}

static fpl_status make_content(making *m)
{
    fpl_status status = FPL_OK;
    m->content.scale = (fpl_integer){3, true};
    FPL_TRY(set_text(m, &m->content.title, m->project->title));
    FPL_TRY(set_text(m, &m->content.summary, m->project->text));
    FPL_TRY(make_descriptors(m));
    for (int i = 0; i < m->project->n; i++)
        for (int j = 0; j < m->project->n; j++) FPL_TRY(make_section(m, i, j));
    fpl_extra *extra = fpli_list_append(m->arena, &m->content.head.extras, sizeof *extra);
    FPL_TRY(extra == NULL ? fpli_no_memory(m->error) : FPL_OK);
    extra->key = SCW_EXTRA;
    FPL_TRY(scw_remember(m->arena, m->project, &extra->value, m->error));
out:
    return status;
}

fpl_status fpli_scw_read(const char *text, size_t size, const char *name,
                         const fpl_load_options *options, fpl_model **model,
                         fpl_error *error)
{
    fpl_status status = FPL_OK;
    scw_project project;
    fpl_builder *builder = NULL;
    making m = {.arena = fpli_arena_new(), .project = &project, .error = error};
    if (m.arena == NULL) return fpli_no_memory(error);
    FPL_TRY(scw_parse(m.arena, text, size, name, options, &project, error));
    FPL_TRY(make_content(&m));
    fpli_arena *arena = m.arena;
    m.arena = NULL;
    FPL_TRY(fpli_builder_take(arena, &m.content, name, &builder, error));
    FPL_TRY(fpl_builder_build(builder, model, error));
out:
    fpl_builder_free(builder);
    fpli_arena_free(m.arena);
    return status;
}
