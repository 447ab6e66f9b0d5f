/* Writing the long list. Descriptors and variants are read back in the order in which
 * they appear; where the judgements alone would give another order, lines "D,v,D,v,0"
 * come first and set it. */
#include "base/status.h"
#include "io/csv_model.h"
#include "io/io.h"

#include <string.h>

enum { WHY, SOURCE, AT, GRADE, CODER, N_WORDS };

typedef struct list_writing {
    fpli_csv_writer csv;
    const fpl_model *model;
    fpli_csv_labels labels;
    bool has[N_WORDS]; /* columns that anybody uses */
} list_writing;

/* ---- order of appearance
 * ------------------------------------------------------------------ */

typedef struct appearing {
    int n;     /* descriptors that appeared */
    int *seen; /* variants that appeared, by descriptor */
} appearing;

/* False if something else is due to appear first. */
static bool appear(appearing *a, int descriptor, int variant)
{
    if (descriptor > a->n) return false;
    if (descriptor == a->n) a->n++;
    if (variant > a->seen[descriptor]) return false;
    if (variant == a->seen[descriptor]) a->seen[descriptor]++;
    return true;
}

static bool group_appears(const fpl_model *model, appearing *a, int from, int variant)
{
    for (int to = 0; to < fpl_model_n_descriptors(model); to++) {
        if (!fpl_model_is_judged(model, from, variant, to)) continue;
        for (int b = 0; b < fpl_model_n_variants(model, to); b++)
            if (!appear(a, from, variant) || !appear(a, to, b)) return false;
    }
    return true;
}

static fpl_status finds_order(const fpl_model *model, bool *ordered, fpl_error *error)
{
    const int n = fpl_model_n_descriptors(model);
    appearing a = {.seen = fpli_new((size_t)n, sizeof(int))};
    if (a.seen == NULL) return fpli_no_memory(error);
    *ordered = true;
    for (int i = 0; i < n && *ordered; i++)
        for (int v = 0; v < fpl_model_n_variants(model, i) && *ordered; v++)
            *ordered = group_appears(model, &a, i, v);
    for (int d = 0; d < n && *ordered; d++)
        *ordered = a.seen[d] == fpl_model_n_variants(model, d);
    fpli_free(a.seen);
    return FPL_OK;
}

/* ---- words
 * -------------------------------------------------------------------------------- */

static void find_words(list_writing *w)
{
    const fpl_content *content = fpl_model_content(w->model);
    for (int i = 0; i < content->impacts.n; i++) {
        const fpl_impact *impact = &content->impacts.items[i];
        for (int r = 0; r < impact->because.n; r++) {
            const fpl_reason *reason = &impact->because.items[r];
            w->has[WHY] |= reason->why.n > 0;
            w->has[SOURCE] |= reason->source.id != NULL;
            w->has[AT] |= reason->at.n > 0;
            w->has[GRADE] |= reason->grade.id != NULL;
            w->has[CODER] |= reason->coder != NULL;
        }
    }
}

static fpl_status put_places(list_writing *w, const fpl_strings *at, fpl_error *error)
{
    fpli_buffer places = {0};
    for (int i = 0; i < at->n; i++) {
        if (i > 0) fpli_put(&places, " ");
        fpli_put(&places, at->items[i]);
    }
    fpl_status status = FPL_OK;
    char *text = NULL;
    status = fpli_buffer_take(&places, &text, NULL, error);
    if (status == FPL_OK) fpli_csv_put(&w->csv, text);
    fpl_string_free(text);
    return status;
}

static fpl_status put_words(list_writing *w, const fpl_reason *reason, fpl_error *error)
{
    static const fpl_reason none;
    if (reason == NULL) reason = &none;
    const char *words[N_WORDS] = {fpl_text_in(&reason->why, ""), reason->source.id, NULL,
                                  reason->grade.id, reason->coder};
    fpl_status status = FPL_OK;
    for (int i = 0; i < N_WORDS && status == FPL_OK; i++) {
        if (!w->has[i]) continue;
        if (i == AT)
            status = put_places(w, &reason->at, error);
        else
            fpli_csv_put(&w->csv, words[i] == NULL ? "" : words[i]);
    }
    return status;
}

/* ---- lines
 * -------------------------------------------------------------------------------- */

static void put_name(list_writing *w, int descriptor, int variant)
{
    fpli_csv_put(&w->csv, w->labels.descriptors[descriptor]);
    fpli_csv_put(&w->csv,
                 w->labels.variants[fpl_model_offset(w->model, descriptor) + variant]);
}

static fpl_status put_group(list_writing *w, int from, int variant, int to,
                            fpl_error *error)
{
    const fpl_reason *reason = fpl_model_reason(w->model, from, variant, to);
    fpl_status status = FPL_OK;
    for (int b = 0; b < fpl_model_n_variants(w->model, to) && status == FPL_OK; b++) {
        put_name(w, from, variant);
        put_name(w, to, b);
        fpli_csv_put_score(&w->csv, fpli_csv_judgement(w->model, from, variant, to, b));
        status = put_words(w, reason, error);
        fpli_csv_end_line(&w->csv);
    }
    return status;
}

static bool judges_itself(const fpl_model *model, int d)
{
    for (int v = 0; v < fpl_model_n_variants(model, d); v++)
        if (fpl_model_is_judged(model, d, v, d)) return true;
    return false;
}

/* Descriptors that judge themselves have all their lines up here, so that none stands
 * twice; their first variant comes first, as 0 if nobody judged it. */
static fpl_status put_order(list_writing *w, fpl_error *error)
{
    fpl_status status = FPL_OK;
    for (int d = 0; d < fpl_model_n_descriptors(w->model); d++) {
        for (int v = 0; v < fpl_model_n_variants(w->model, d); v++) {
            if (judges_itself(w->model, d)) continue;
            put_name(w, d, v);
            put_name(w, d, v);
            fpli_csv_put_score(&w->csv, (fpl_decimal){0, 0});
            FPL_TRY(put_words(w, NULL, error));
            fpli_csv_end_line(&w->csv);
        }
        for (int v = 0; v < fpl_model_n_variants(w->model, d); v++)
            if (fpl_model_is_judged(w->model, d, v, d) ||
                (v == 0 && judges_itself(w->model, d)))
                FPL_TRY(put_group(w, d, v, d, error));
    }
out:
    return status;
}

static fpl_status put_lines(list_writing *w, fpl_error *error)
{
    static const char *const heads[] = {"from", "from_variant", "to", "to_variant",
                                        "score"};
    static const char *const words[N_WORDS] = {"why", "source", "at", "grade", "coder"};
    const int n = fpl_model_n_descriptors(w->model);
    bool ordered = false;
    fpl_status status = FPL_OK;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        fpli_csv_put(&w->csv, heads[i]);
    for (int i = 0; i < N_WORDS; i++)
        if (w->has[i]) fpli_csv_put(&w->csv, words[i]);
    fpli_csv_end_line(&w->csv);
    FPL_TRY(finds_order(w->model, &ordered, error));
    if (!ordered) FPL_TRY(put_order(w, error));
    for (int from = 0; from < n; from++)
        for (int v = 0; v < fpl_model_n_variants(w->model, from); v++)
            for (int to = 0; to < n; to++)
                if (fpl_model_is_judged(w->model, from, v, to) && (ordered || from != to))
                    FPL_TRY(put_group(w, from, v, to, error));
out:
    return status;
}

fpl_status fpli_csv_list_write(const fpl_model *model, const fpl_save_options *options,
                               char **text, size_t *size, fpl_error *error)
{
    static const char *const held[] = {"descriptors.id",
                                       "descriptors.variants.id",
                                       "impacts.from",
                                       "impacts.to",
                                       "impacts.scores",
                                       "impacts.because.variant",
                                       "impacts.because.why",
                                       "impacts.because.source",
                                       "impacts.because.at",
                                       "impacts.because.grade",
                                       "impacts.because.coder",
                                       "sources.id",
                                       NULL};
    fpl_status status = FPL_OK;
    list_writing w = {.model = model};
    fpli_arena *arena = fpli_arena_new();
    if (arena == NULL) return fpli_no_memory(error);
    FPL_TRY(fpli_csv_writer_start(&w.csv, options, error));
    FPL_TRY(fpli_csv_label(arena, model, &w.labels, error));
    FPL_TRY(fpli_csv_tell_left_out(model, options, &w.labels, held, error));
    find_words(&w);
    FPL_TRY(put_lines(&w, error));
    FPL_TRY(fpli_buffer_take(&w.csv.buffer, text, size, error));
out:
    fpli_buffer_clear(&w.csv.buffer);
    fpli_arena_free(arena);
    return status;
}
