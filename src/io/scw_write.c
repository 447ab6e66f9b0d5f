/* From a model to a ScenarioWizard project. A model that came from one gives the same
 * bytes again wherever it has not been changed. */
#include "base/status.h"
#include "io/io.h"
#include "io/left_out.h"
#include "io/scw.h"
#include "model/records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct writing {
    fpli_arena *arena;
    const fpl_model *model;
    const fpl_content *content;
    bool is_imported; /* x-scw is there */
    bool
        has_idle; /* a section is all zero and has no text: it reads back as not judged */
    scw_project project;
    fpli_buffer buffer;
    int next_odd;
    fpl_error *error;
} writing;

/* ---- names
 * ------------------------------------------------------------------------------- */

/* Whether reading makes that id where there are no names. */
static bool is_made_id(const char *id, char letter, int number)
{
    char made[16];
    snprintf(made, sizeof made, "%c%d", letter, number);
    return strncmp(id, made, strlen(made)) == 0;
}

/* Where a name is missing the id stands for it, unless the file had none. */
static void choose_names(const writing *w, const char *id, const fpl_text *name,
                         const fpl_text *short_name, char letter, int number,
                         const char **long_one, const char **short_one)
{
    *long_one = fpl_text_in(name, "");
    *short_one = fpl_text_in(short_name, "");
    const bool empty = **long_one == '\0';
    if (!w->is_imported) {
        if (empty) *long_one = id;
        if (**short_one == '\0') *short_one = id;
    } else if (empty && **short_one == '\0' && !is_made_id(id, letter, number)) {
        *long_one = id;
    }
}

static fpl_status take_descriptors(writing *w)
{
    scw_project *project = &w->project;
    const size_t n = (size_t)fpl_model_n_descriptors(w->model);
    project->n = (int)n;
    project->n_variants = fpl_model_offset(w->model, (int)n);
    project->descriptors = fpli_arena_alloc(w->arena, n, sizeof *project->descriptors);
    project->variants = fpli_arena_alloc(w->arena, (size_t)project->n_variants,
                                         sizeof *project->variants);
    if (project->descriptors == NULL || project->variants == NULL)
        return fpli_no_memory(w->error);
    for (int d = 0; d < project->n; d++) {
        const fpl_descriptor *from = &w->content->descriptors.items[d];
        scw_descriptor *to = &project->descriptors[d];
        to->first = fpl_model_offset(w->model, d);
        to->n_variants = from->variants.n;
        to->text = fpl_text_in(&from->cited.note, "");
        choose_names(w, from->id, &from->name, &from->short_name, 'D', d + 1, &to->name,
                     &to->short_name);
        for (int v = 0; v < to->n_variants; v++) {
            const fpl_variant *variant = &from->variants.items[v];
            scw_variant *made = &project->variants[to->first + v];
            choose_names(w, variant->id, &variant->name, &variant->short_name, 'v', v + 1,
                         &made->name, &made->short_name);
            made->color = variant->color == NULL ? "FFFFFF" : variant->color + 1;
            if (strcmp(made->color, "FFFFFF") != 0) project->has_colors = true;
        }
    }
    return FPL_OK;
}

/* ---- judgements
 * -------------------------------------------------------------------------- */

static fpl_status fail_decimal(const writing *w, int i, int a, int j, int b)
{
    const fpl_descriptor *from = &w->content->descriptors.items[i];
    const fpl_descriptor *to = &w->content->descriptors.items[j];
    const int value = fpl_model_judgement(w->model, i, a, j, b);
    const int denominator = fpl_model_denominator(w->model);
    fpl_status status = fpli_fail_at(
        w->error, FPL_E_UNSUPPORTED, fpl_model_file(w->model),
        fpl_model_impact(w->model, i, j)->head.mark,
        "the judgement %s=%s -> %s=%s is %g, and ScenarioWizard holds whole numbers only",
        from->id, from->variants.items[a].id, to->id, to->variants.items[b].id,
        (double)value / denominator);
    fpli_note(
        w->error, (fpl_mark){0},
        "multiplied by %d all judgements would be whole; consistency stays the same",
        denominator);
    return status;
}

static fpl_status take_scores(writing *w)
{
    scw_project *project = &w->project;
    const size_t T = (size_t)project->n_variants;
    const int denominator = fpl_model_denominator(w->model);
    project->scores = fpli_arena_alloc(w->arena, T * T, sizeof *project->scores);
    if (project->scores == NULL) return fpli_no_memory(w->error);
    for (int i = 0; i < project->n; i++)
        for (int a = 0; a < project->descriptors[i].n_variants; a++)
            for (int j = 0; j < project->n; j++)
                for (int b = 0; b < project->descriptors[j].n_variants; b++) {
                    const int value = fpl_model_judgement(w->model, i, a, j, b);
                    if (value % denominator != 0) return fail_decimal(w, i, a, j, b);
                    project->scores[(size_t)(project->descriptors[i].first + a) * T +
                                    (size_t)(project->descriptors[j].first + b)] =
                        value / denominator;
                }
    return FPL_OK;
}

/* ---- texts
 * ------------------------------------------------------------------------------- */

/* The note, then "variant: why" of each group that has a reason. */
static const char *section_text(writing *w, const fpl_impact *impact)
{
    fpli_buffer buffer = {0};
    if (impact->because.n == 0) return fpl_text_in(&impact->note, "");
    fpli_put(&buffer, fpl_text_in(&impact->note, ""));
    for (int r = 0; r < impact->because.n; r++) {
        const fpl_reason *reason = &impact->because.items[r];
        const char *why = fpl_text_in(&reason->why, "");
        if (*why == '\0') continue;
        fpli_putf(&buffer, "%s%s: %s", buffer.size > 0 ? " / " : "", reason->variant.id,
                  why);
    }
    const char *text = buffer.broken ? NULL
                       : buffer.size > 0
                           ? fpli_arena_text(w->arena, buffer.text, buffer.size)
                           : "";
    fpli_buffer_clear(&buffer);
    return text;
}

static bool is_all_zero(const fpl_impact *impact)
{
    for (int r = 0; r < impact->scores.n; r++)
        for (int b = 0; b < impact->scores.items[r].values.n; b++)
            if (impact->scores.items[r].values.items[b].value != 0) return false;
    return true;
}

static fpl_status take_texts(writing *w)
{
    scw_project *project = &w->project;
    const int n = project->n;
    project->text = fpl_text_in(&w->content->summary, "");
    project->texts = fpli_arena_alloc(w->arena, (size_t)n * (size_t)n,
                                      sizeof *project->texts);
    if (project->texts == NULL) return fpli_no_memory(w->error);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const fpl_impact *impact = fpl_model_impact(w->model, i, j);
            const char *text = impact == NULL ? "" : section_text(w, impact);
            if (text == NULL) return fpli_no_memory(w->error);
            project->texts[i * n + j] = text;
            if (impact != NULL && *text == '\0' && is_all_zero(impact))
                w->has_idle = true;
        }
    return FPL_OK;
}

static const char *text_at(const scw_project *project, int index)
{
    if (index == 0) return project->text;
    if (index <= project->n) return project->descriptors[index - 1].text;
    return project->texts[index - 1 - project->n];
}

/* A file that stops early is continued if there is something to say beyond its end. */
static void continue_texts(scw_project *project)
{
    const int all = scw_n_texts(project);
    bool more = project->n_texts > all;
    for (int i = project->n_texts; i < all && !more; i++)
        more = *text_at(project, i) != '\0';
    if (!more) return;
    project->n_texts = all;
    project->end = NULL;
}

/* ---- lines
 * ------------------------------------------------------------------------------- */

static void write_line(void *context, int number, const char *text, size_t size)
{
    writing *w = context;
    const scw_project *project = &w->project;
    if (number == 0) {
        fpli_put_bytes(&w->buffer, text, size);
        return;
    }
    while (w->next_odd < project->odd.n &&
           project->odd.items[w->next_odd].number < number)
        w->next_odd++;
    if (w->next_odd < project->odd.n) {
        const scw_line *odd = &project->odd.items[w->next_odd];
        if (odd->number == number && strcmp(odd->canonical, text) == 0) {
            fpli_put(&w->buffer, odd->original);
            return;
        }
    }
    fpli_put_bytes(&w->buffer, text, size);
    fpli_put(&w->buffer, project->crlf ? "\r\n" : "\n");
}

static const char *remembered(const fpl_content *content)
{
    for (int i = 0; i < content->head.extras.n; i++)
        if (strcmp(content->head.extras.items[i].key, SCW_EXTRA) == 0)
            return content->head.extras.items[i].value;
    return NULL;
}

/* Start from what the file was, or from a new one. */
static fpl_status begin(writing *w, const fpl_save_options *options)
{
    const fpl_text *title = &w->content->title;
    const char *value = remembered(w->content);
    bool understood = false;
    w->project.tag = SCW_TAG;
    w->project.title = fpl_text_in(title, "");
    w->project.section3 = w->project.section5 = "";
    w->project.has_colors = true;
    w->project.n_texts = -1;
    if (value == NULL) return FPL_OK;
    fpl_status status = scw_recall(w->arena, value, &w->project, &understood, w->error);
    if (status == FPL_OK && !understood)
        fpli_tell(options->notice, options->context, w->error, fpl_model_file(w->model),
                  w->content->head.mark,
                  "the value of '%s' is not understood and was passed over", SCW_EXTRA);
    w->is_imported = understood;
    return status;
}

static fpl_status tell(writing *w, const fpl_save_options *options)
{
    static const char *const held[] = {"title",
                                       "summary",
                                       "descriptors.id",
                                       "descriptors.name",
                                       "descriptors.short",
                                       "descriptors.note",
                                       "descriptors.variants.id",
                                       "descriptors.variants.name",
                                       "descriptors.variants.short",
                                       "descriptors.variants.color",
                                       "impacts.from",
                                       "impacts.to",
                                       "impacts.scores",
                                       "impacts.because.variant",
                                       "impacts.because.why",
                                       "impacts.note",
                                       SCW_EXTRA,
                                       "scale",
                                       NULL};
    const size_t n = sizeof held / sizeof *held;
    const char *paths[sizeof held / sizeof *held];
    memcpy(paths, held, sizeof held);
    int largest = 3;
    for (int i = 0; i < w->project.n_variants * w->project.n_variants; i++)
        if (abs(w->project.scores[i]) > largest) largest = abs(w->project.scores[i]);
    if (w->content->scale.value != largest) paths[n - 2] = NULL;
    return fpli_tell_left_out(
        w->model, options, N_("a ScenarioWizard project"), paths,
        w->has_idle ? N_("that some judgements are 0 and not just missing") : "",
        w->error);
}

/* Windows-1252 as before, unless a new character forbids it. */
static fpl_status encode(writing *w, const fpl_save_options *options, char **text,
                         size_t *size)
{
    fpl_status status = FPL_OK;
    fpli_buffer encoded = {0};
    uint32_t missing = 0;
    if (w->project.has_mark && w->project.encoding == FPLI_UTF_8)
        fpli_put(&encoded, "\xEF\xBB\xBF");
    if (w->buffer.broken) FPL_TRY(fpli_no_memory(w->error));
    if (w->project.encoding == FPLI_UTF_8) {
        fpli_put_bytes(&encoded, w->buffer.text, w->buffer.size);
    } else if (!fpli_put_windows_1252(&encoded, w->buffer.text, w->buffer.size,
                                      &missing)) {
        fpli_tell(options->notice, options->context, w->error, fpl_model_file(w->model),
                  (fpl_mark){0},
                  "Windows-1252 has no character U+%04X; the project is written as UTF-8",
                  (unsigned)missing);
        fpli_put_bytes(&encoded, w->buffer.text, w->buffer.size);
    }
    FPL_TRY(fpli_buffer_take(&encoded, text, size, w->error));
out:
    fpli_buffer_clear(&encoded);
    return status;
}

fpl_status fpli_scw_write(const fpl_model *model, const fpl_save_options *options,
                          char **text, size_t *size, fpl_error *error)
{
    fpl_status status = FPL_OK;
    writing w = {.arena = fpli_arena_new(),
                 .model = model,
                 .content = fpl_model_content(model),
                 .error = error};
    if (w.arena == NULL) return fpli_no_memory(error);
    FPL_TRY(begin(&w, options));
    FPL_TRY(take_descriptors(&w));
    FPL_TRY(take_scores(&w));
    FPL_TRY(take_texts(&w));
    if (w.project.n_texts < 0) w.project.n_texts = scw_n_texts(&w.project);
    continue_texts(&w.project);
    FPL_TRY(tell(&w, options));
    FPL_TRY(scw_put(&w.project, write_line, &w, error));
    FPL_TRY(encode(&w, options, text, size));
out:
    fpli_buffer_clear(&w.buffer);
    fpli_arena_free(w.arena);
    return status;
}
