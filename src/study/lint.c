/* Findings: one short function for each kind, in the order of the kinds. */
#include <fahrplan/lint.h>

#include "base/mem.h"
#include "base/status.h"
#include "study/influence.h"

#include <fahrplan/balance.h>
#include <fahrplan/regime.h>

#include <string.h>

struct fpl_findings {
    fpl_finding *items;
    size_t n;
    size_t capacity;
};

typedef struct lint {
    const fpl_model *model;
    const fpl_content *content;
    int n; /* descriptors */
    fpl_findings *findings;
    bool broken; /* no memory */
} lint;

static const fpl_finding nothing = {
    .from = -1, .from_variant = -1, .to = -1, .to_variant = -1, .item = -1};

static void report(lint *l, fpl_finding_kind kind, fpl_weight_of_finding weight,
                   fpl_finding finding)
{
    fpl_findings *f = l->findings;
    finding.kind = kind;
    finding.weight = weight;
    if (!fpli_grow((void **)&f->items, f->n, &f->capacity, sizeof *f->items)) {
        l->broken = true;
        return;
    }
    f->items[f->n++] = finding;
}

static fpl_mark descriptor_mark(const lint *l, int descriptor)
{
    return l->content->descriptors.items[descriptor].head.mark;
}

static fpl_mark row_mark(const fpl_impact *impact, int variant)
{
    for (int r = 0; r < impact->scores.n; r++)
        if (impact->scores.items[r].variant.index == variant)
            return impact->scores.items[r].head.mark;
    return impact->head.mark;
}

/* ---- judgements --------------------------------------------------------------------------- */

typedef void (*group_check)(lint *l, const fpl_impact *impact, int i, int a, int j);

static void each_judged_group(lint *l, group_check check)
{
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < l->n; j++) {
            const fpl_impact *impact = fpl_model_impact(l->model, i, j);
            if (impact == NULL) continue;
            for (int a = 0; a < fpl_model_n_variants(l->model, i); a++)
                if (fpl_model_is_judged(l->model, i, a, j)) check(l, impact, i, a, j);
        }
}

static void check_sum(lint *l, const fpl_impact *impact, int i, int a, int j)
{
    int64_t sum = 0;
    for (int b = 0; b < fpl_model_n_variants(l->model, j); b++)
        sum += fpl_model_judgement(l->model, i, a, j, b);
    if (sum == 0) return;
    fpl_finding finding = nothing;
    finding.mark = row_mark(impact, a);
    finding.from = i;
    finding.from_variant = a;
    finding.to = j;
    finding.a = sum;
    report(l, FPL_FINDING_NOT_STANDARDISED, FPL_REMARK, finding);
}

static void check_scale(lint *l, const fpl_impact *impact, int i, int a, int j)
{
    for (int b = 0; b < fpl_model_n_variants(l->model, j); b++) {
        const int value = fpl_model_judgement(l->model, i, a, j, b);
        if (value >= -fpl_model_scale(l->model) && value <= fpl_model_scale(l->model))
            continue;
        fpl_finding finding = nothing;
        finding.mark = row_mark(impact, a);
        finding.from = i;
        finding.from_variant = a;
        finding.to = j;
        finding.to_variant = b;
        finding.a = value;
        report(l, FPL_FINDING_OUTSIDE_SCALE, FPL_DOUBT, finding);
    }
}

static bool says_something(const fpl_reason *reason)
{
    return reason != NULL && (reason->why.n > 0 || reason->at.n > 0);
}

static void check_reason(lint *l, const fpl_impact *impact, int i, int a, int j)
{
    if (says_something(fpl_model_reason(l->model, i, a, j)) || impact->note.n > 0) return;
    fpl_finding finding = nothing;
    finding.mark = row_mark(impact, a);
    finding.from = i;
    finding.from_variant = a;
    finding.to = j;
    report(l, FPL_FINDING_NO_REASON, FPL_REMARK, finding);
}

static void sums(lint *l)
{
    each_judged_group(l, check_sum);
}

static void scale(lint *l)
{
    each_judged_group(l, check_scale);
}

static void reasons(lint *l)
{
    each_judged_group(l, check_reason);
}

static void missing_sections(lint *l)
{
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < l->n; j++) {
            if (i == j || fpl_model_impact(l->model, i, j) != NULL) continue;
            fpl_finding finding = nothing;
            finding.mark = descriptor_mark(l, i);
            finding.from = i;
            finding.to = j;
            report(l, FPL_FINDING_SECTION_MISSING, FPL_REMARK, finding);
        }
}

static void missing_rows(lint *l)
{
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < l->n; j++) {
            const fpl_impact *impact = fpl_model_impact(l->model, i, j);
            if (impact == NULL) continue;
            for (int a = 0; a < fpl_model_n_variants(l->model, i); a++) {
                if (fpl_model_is_judged(l->model, i, a, j)) continue;
                fpl_finding finding = nothing;
                finding.mark = impact->head.mark;
                finding.from = i;
                finding.from_variant = a;
                finding.to = j;
                report(l, FPL_FINDING_ROW_MISSING, FPL_REMARK, finding);
            }
        }
}

/* ---- influence ---------------------------------------------------------------------------- */

static void without_influence(lint *l, fpl_finding_kind kind)
{
    for (int d = 0; d < l->n && l->n > 1; d++) {
        bool found = false;
        for (int other = 0; other < l->n && !found; other++)
            if (other != d)
                found = kind == FPL_FINDING_RECEIVES_NOTHING
                            ? fpli_acts_on(l->model, other, d)
                            : fpli_acts_on(l->model, d, other);
        if (found) continue;
        fpl_finding finding = nothing;
        finding.mark = descriptor_mark(l, d);
        finding.from = d;
        report(l, kind, FPL_REMARK, finding);
    }
}

static void receivers(lint *l)
{
    without_influence(l, FPL_FINDING_RECEIVES_NOTHING);
}

static void senders(lint *l)
{
    without_influence(l, FPL_FINDING_SENDS_NOTHING);
}

static void dominated(lint *l)
{
    for (int j = 0; j < l->n; j++)
        for (int b = 0; b < fpl_model_n_variants(l->model, j); b++) {
            int64_t best = 0;
            const int rival = fpli_dominating_rival(l->model, j, b, &best);
            if (rival < 0) continue;
            const fpl_descriptor *d = &l->content->descriptors.items[j];
            fpl_finding finding = nothing;
            finding.mark = d->variants.items[b].head.mark;
            finding.from = finding.to = j;
            finding.from_variant = b;
            finding.to_variant = rival;
            finding.a = best;
            report(l, FPL_FINDING_DOMINATED, FPL_DOUBT, finding);
        }
}

/* ---- measures, hedges, start, observations ------------------------------------------------ */

static void statuses(lint *l)
{
    for (int m = 0; m < l->content->measures.n; m++) {
        const fpl_measure *measure = &l->content->measures.items[m];
        fpl_derived_status derived;
        fpl_measure_derive_status(l->model, m, NULL, &derived);
        if (measure->status == FPL_LEGALITY_UNSTATED ||
            derived.legality == FPL_LEGALITY_UNSTATED ||
            derived.legality == measure->status)
            continue;
        fpl_finding finding = nothing;
        finding.mark = measure->head.mark;
        finding.item = m;
        finding.a = measure->status;
        finding.b = derived.legality;
        report(l, FPL_FINDING_STATUS_DIFFERS, FPL_REMARK, finding);
    }
}

/* Whether two texts share a wording in some language. */
static bool share_words(const fpl_text *a, const fpl_text *b)
{
    for (int i = 0; i < a->n; i++)
        for (int k = 0; k < b->n; k++)
            if (strcmp(a->items[i].text, b->items[k].text) == 0) return true;
    return false;
}

static void unused_hedges(lint *l)
{
    for (int h = 0; h < l->content->hedges.n; h++) {
        const fpl_hedge *hedge = &l->content->hedges.items[h];
        bool used = false;
        for (int p = 0; p < l->content->predictions.n && !used; p++)
            used = share_words(&hedge->words, &l->content->predictions.items[p].hedge);
        if (used) continue;
        fpl_finding finding = nothing;
        finding.mark = hedge->head.mark;
        finding.item = h;
        report(l, FPL_FINDING_HEDGE_UNUSED, FPL_REMARK, finding);
    }
}

static void unknown_hedges(lint *l)
{
    for (int p = 0; p < l->content->predictions.n && l->content->hedges.n > 0; p++) {
        const fpl_prediction *prediction = &l->content->predictions.items[p];
        bool known = prediction->hedge.n == 0;
        for (int h = 0; h < l->content->hedges.n && !known; h++)
            known = share_words(&l->content->hedges.items[h].words, &prediction->hedge);
        if (known) continue;
        fpl_finding finding = nothing;
        finding.mark = prediction->head.mark;
        finding.item = p;
        report(l, FPL_FINDING_HEDGE_UNKNOWN, FPL_REMARK, finding);
    }
}

static void start(lint *l)
{
    const size_t n_all = (size_t)fpl_model_offset(l->model, l->n);
    uint16_t *z = fpli_new((size_t)l->n, sizeof *z);
    int32_t *balance = fpli_new(n_all, sizeof *balance);
    if (z == NULL || balance == NULL) {
        l->broken = true;
    } else if (fpl_model_start(l->model, z) && l->content->roadmap.start.n == l->n) {
        fpl_figures figures;
        fpl_consistency(l->model, z, balance, NULL, &figures);
        if (figures.total_tension > 0) {
            fpl_finding finding = nothing;
            finding.mark = l->content->roadmap.head.mark;
            finding.a = figures.total_tension;
            report(l, FPL_FINDING_START_TENSION, FPL_DOUBT, finding);
        }
    }
    fpli_free(z);
    fpli_free(balance);
}

static void observations(lint *l)
{
    for (int o = 0; o < l->content->observations.n && l->content->date != NULL; o++) {
        const fpl_observation *observation = &l->content->observations.items[o];
        if (strcmp(observation->date, l->content->date) >= 0) continue;
        fpl_finding finding = nothing;
        finding.mark = observation->head.mark;
        finding.item = o;
        report(l, FPL_FINDING_OBSERVED_BEFORE, FPL_REMARK, finding);
    }
}

fpl_status fpl_model_lint(const fpl_model *model, fpl_findings **findings,
                          fpl_error *error)
{
    static void (*const checks[FPL_FINDING_END])(lint *) = {
        [FPL_FINDING_NOT_STANDARDISED] = sums,
        [FPL_FINDING_SECTION_MISSING] = missing_sections,
        [FPL_FINDING_ROW_MISSING] = missing_rows,
        [FPL_FINDING_RECEIVES_NOTHING] = receivers,
        [FPL_FINDING_SENDS_NOTHING] = senders,
        [FPL_FINDING_DOMINATED] = dominated,
        [FPL_FINDING_OUTSIDE_SCALE] = scale,
        [FPL_FINDING_STATUS_DIFFERS] = statuses,
        [FPL_FINDING_HEDGE_UNUSED] = unused_hedges,
        [FPL_FINDING_HEDGE_UNKNOWN] = unknown_hedges,
        [FPL_FINDING_NO_REASON] = reasons,
        [FPL_FINDING_START_TENSION] = start,
        [FPL_FINDING_OBSERVED_BEFORE] = observations,
    };
    lint l = {.model = model,
              .content = fpl_model_content(model),
              .n = fpl_model_n_descriptors(model),
              .findings = fpli_new(1, sizeof(fpl_findings))};
    if (l.findings == NULL) return fpli_no_memory(error);
    for (int kind = 0; kind < FPL_FINDING_END && !l.broken; kind++) checks[kind](&l);
    if (!l.broken) {
        *findings = l.findings;
        return FPL_OK;
    }
    fpl_findings_free(l.findings);
    return fpli_no_memory(error);
}

size_t fpl_findings_n(const fpl_findings *findings)
{
    return findings->n;
}

const fpl_finding *fpl_findings_get(const fpl_findings *findings, size_t index)
{
    return &findings->items[index];
}

void fpl_findings_free(fpl_findings *findings)
{
    if (findings == NULL) return;
    fpli_free(findings->items);
    fpli_free(findings);
}
