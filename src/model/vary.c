/* A builder is filled from the model, changed in place and built again. */
#include <fahrplan/vary.h>

#include "base/status.h"
#include "base/text.h"
#include "model/builder.h"

#include <string.h>

static bool names(const char *const *items, int n, const char *name)
{
    for (int i = 0; i < n && name != NULL; i++)
        if (strcmp(items[i], name) == 0) return true;
    return false;
}

static bool is_left_out(const fpl_variation *v, const fpl_reason *reason)
{
    return names(v->grades.items, v->grades.n, reason->grade.id) ||
           names(v->sources.items, v->sources.n, reason->source.id) ||
           names(v->coders.items, v->coders.n, reason->coder);
}

/* ---- unknown names -------------------------------------------------------------------------- */

typedef struct known {
    const fpl_content *content;
    const char *(*name)(const struct known *known, int i);
    int n;
} known;

static const char *grade_name(const known *k, int i)
{
    return k->content->grades.items[i].id;
}

static const char *source_name(const known *k, int i)
{
    return k->content->sources.items[i].id;
}

static const char *nearest_name(const void *context, int i)
{
    const known *k = context;
    return k->name(k, i);
}

static fpl_status check_names(const known *k, const char *const *asked, int n,
                              const char *format, fpl_error *error)
{
    for (int i = 0; i < n; i++) {
        bool found = false;
        for (int g = 0; g < k->n && !found; g++)
            found = strcmp(k->name(k, g), asked[i]) == 0;
        if (found) continue;
        fpli_fail(error, FPL_E_ARGUMENT, format, asked[i]);
        const int near = fpli_nearest(asked[i], nearest_name, k, k->n);
        if (near >= 0)
            fpli_note(error, fpli_start, "did you mean '%s'?", k->name(k, near));
        return FPL_E_ARGUMENT;
    }
    return FPL_OK;
}

static bool gave_reasons(const fpl_content *content, const char *coder)
{
    for (int i = 0; i < content->impacts.n; i++)
        for (int r = 0; r < content->impacts.items[i].because.n; r++) {
            const fpl_reason *reason = &content->impacts.items[i].because.items[r];
            if (reason->coder != NULL && strcmp(reason->coder, coder) == 0) return true;
        }
    return false;
}

static fpl_status check(const fpl_content *content, const fpl_variation *v,
                        fpl_error *error)
{
    const known grades = {content, grade_name, content->grades.n};
    const known sources = {content, source_name, content->sources.n};
    fpl_status status = check_names(&grades, v->grades.items, v->grades.n,
                                    N_("the model has no grade '%s'"), error);
    if (status == FPL_OK)
        status = check_names(&sources, v->sources.items, v->sources.n,
                             N_("the model has no source '%s'"), error);
    for (int i = 0; i < v->coders.n && status == FPL_OK; i++)
        if (!gave_reasons(content, v->coders.items[i]))
            status = fpli_fail(error, FPL_E_ARGUMENT,
                               "no judgement of the model has the coder '%s'",
                               v->coders.items[i]);
    return status;
}

/* ---- leaving out ---------------------------------------------------------------------------- */

static void drop_scores(fpl_impact *impact, const char *variant)
{
    int kept = 0;
    for (int i = 0; i < impact->scores.n; i++)
        if (strcmp(impact->scores.items[i].variant.id, variant) != 0)
            impact->scores.items[kept++] = impact->scores.items[i];
    impact->scores.n = kept;
}

static int leave_out(fpl_impact *impact, const fpl_variation *v)
{
    int kept = 0;
    const int n = impact->because.n;
    for (int i = 0; i < n; i++) {
        const fpl_reason reason = impact->because.items[i];
        if (is_left_out(v, &reason))
            drop_scores(impact, reason.variant.id);
        else
            impact->because.items[kept++] = reason;
    }
    impact->because.n = kept;
    return n - kept;
}

/* Sections that say nothing any more go as well. */
static int leave_out_groups(fpl_content *content, const fpl_variation *v)
{
    int n = 0, kept = 0;
    for (int i = 0; i < content->impacts.n; i++) {
        fpl_impact *impact = &content->impacts.items[i];
        const int left_out = leave_out(impact, v);
        n += left_out;
        if (left_out == 0 || impact->scores.n > 0 || impact->others.n > 0)
            content->impacts.items[kept++] = *impact;
    }
    content->impacts.n = kept;
    return n;
}

/* ---- all ------------------------------------------------------------------------------------ */

fpl_status fpl_model_vary(const fpl_model *model, const fpl_variation *variation,
                          fpl_model **changed, int *n_left_out, fpl_error *error)
{
    fpl_builder *b = NULL;
    int n = 0;
    fpl_status status = check(fpl_model_content(model), variation, error);
    if (status != FPL_OK) return status;
    FPL_TRY(fpl_builder_copy(model, &b, error));
    if (variation->grades.n + variation->sources.n + variation->coders.n > 0)
        n = leave_out_groups(&b->content, variation);
    for (int i = 0; i < variation->scores.n; i++) {
        const fpl_setting_of_score *s = &variation->scores.items[i];
        FPL_TRY(fpl_builder_score(b, s->from, s->from_variant, s->to, s->to_variant,
                                  s->score, error));
    }
    FPL_TRY(fpl_builder_build(b, changed, error));
    if (n_left_out != NULL) *n_left_out = n;
out:
    fpl_builder_free(b);
    return status;
}
