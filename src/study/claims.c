/* Claims that make themselves true, method.md M8.3: settle, hold the claim and settle, let it go and
 * settle. */
#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "engine/settle.h"
#include "study/roadmap.h"

#include <fahrplan/loops.h>

#include <string.h>

enum { COMBINATIONS_MOST = 1 << 20 };

struct fpl_claim_trials {
    fpl_claim_trial *items; /* claims lines of n_rows */
    size_t n_rows;
    fpl_stop stop;
};

typedef struct court {
    const fpl_model *model;
    const fpl_roadmap *roadmap;
    fpli_settler settler;
    fpl_fixing *held; /* drivers, then what the claim names */
    uint16_t *z, *best;
    bool *named;
    size_t n;
} court;

static bool holds_throughout(const court *c, const fpl_formula *formula,
                             const fpl_attractor *a)
{
    for (size_t i = 0; i < a->length; i++)
        if (!fpl_formula_holds(formula, a->members + i * c->n)) return false;
    return a->length > 0;
}

/* By the row as it stands in c->held. */
static bool is_held(const court *c, int d)
{
    for (int i = 0; i < c->roadmap->n_held; i++)
        if (c->held[i].descriptor == d) return true;
    return false;
}

/* Descriptors that the claim names and the row leaves free; false: too many combinations. */
static bool find_free(const court *c, const fpl_formula *claim, uint16_t *open,
                      int *n_open)
{
    size_t combinations = 1;
    *n_open = 0;
    memset(c->named, 0, c->n * sizeof *c->named);
    fpl_formula_mark_descriptors(claim, c->named);
    for (size_t d = 0; d < c->n; d++) {
        if (!c->named[d] || is_held(c, (int)d)) continue;
        open[(*n_open)++] = (uint16_t)d;
        combinations *= (size_t)fpl_model_n_variants(c->model, (int)d);
        if (combinations > COMBINATIONS_MOST) return false;
    }
    return true;
}

/* The nearest way from z to make the claim true with the open descriptors: into c->best. */
static bool find_nearest(court *c, const fpl_formula *claim, const uint16_t *z,
                         const uint16_t *open, int n_open)
{
    int fewest = -1;
    memcpy(c->z, z, c->n * sizeof *z);
    for (int i = 0; i < n_open; i++) c->z[open[i]] = 0;
    for (;;) {
        int changes = 0, at = n_open - 1;
        for (int i = 0; i < n_open; i++) changes += c->z[open[i]] != z[open[i]];
        if ((fewest < 0 || changes < fewest) && fpl_formula_holds(claim, c->z)) {
            fewest = changes;
            memcpy(c->best, c->z, c->n * sizeof *c->best);
        }
        for (; at >= 0; at--) {
            if (++c->z[open[at]] < fpl_model_n_variants(c->model, open[at])) break;
            c->z[open[at]] = 0;
        }
        if (at < 0) return fewest >= 0;
    }
}

static fpl_claim_answer judge(const fpl_claim_trial *t)
{
    if (!t->fact_before && t->fact_after) return FPL_CLAIM_SELF_FULFILLING;
    if (t->fact_before && !t->fact_after) return FPL_CLAIM_SELF_DEFEATING;
    return !t->fact_before && t->fact_held ? FPL_CLAIM_PROVOKED : FPL_CLAIM_INERT;
}

/* Settle from z, holding the row and n_more of what the claim names; z: then the first member. */
static fpl_status settle(court *c, int n_more, uint16_t *z, const fpl_formula *fact,
                         bool *there)
{
    fpl_attractor a = {0};
    const fpl_status status = fpli_settle(&c->settler, c->held,
                                          c->roadmap->n_held + n_more, z, &a, NULL);
    if (status != FPL_OK) return status;
    *there = holds_throughout(c, fact, &a);
    if (a.length > 0) memcpy(z, a.members, c->n * sizeof *z);
    return FPL_OK;
}

static fpl_status try_row(court *c, const fpl_claim *claim, size_t row, uint16_t *z,
                          uint16_t *open, fpl_claim_trial *trial, fpl_error *error)
{
    int n_open = 0;
    const int m = c->roadmap->n_held;
    trial->answer = FPL_CLAIM_NOT_HELD;
    if (claim->claim.formula == NULL || claim->fact.formula == NULL) return FPL_OK;
    fpli_row_fixings(c->roadmap, row, c->held);
    if (!find_free(c, claim->claim.formula, open, &n_open))
        return fpli_fail(error, FPL_E_UNSUPPORTED,
                         "claim '%s' names too many descriptors", claim->id);
    memcpy(z, c->roadmap->start, c->n * sizeof *z);
    fpl_status status = settle(c, 0, z, claim->fact.formula, &trial->fact_before);
    if (status != FPL_OK) return status;
    if (!find_nearest(c, claim->claim.formula, z, open, n_open)) return FPL_OK;
    for (int i = 0; i < n_open; i++)
        c->held[m + i] = (fpl_fixing){open[i], c->best[open[i]]};
    status = settle(c, n_open, z, claim->fact.formula, &trial->fact_held);
    if (status == FPL_OK)
        status = settle(c, 0, z, claim->fact.formula, &trial->fact_after);
    trial->answer = judge(trial);
    return status;
}

static fpl_status try_all(court *c, const fpl_limits *limits, fpl_claim_trials *trials,
                          fpl_error *error)
{
    const fpl_content *content = fpl_model_content(c->model);
    fpl_status status = FPL_OK;
    fpli_watch watch;
    fpli_watch_start(&watch, limits);
    uint16_t *z = fpli_new(c->n, sizeof *z);
    uint16_t *open = fpli_new(c->n, sizeof *open);
    if (z == NULL || open == NULL) status = FPL_E_MEMORY;
    for (int k = 0; k < content->claims.n && status == FPL_OK; k++)
        for (size_t r = 0; r < trials->n_rows && status == FPL_OK; r++) {
            fpl_claim_trial *trial = &trials->items[(size_t)k * trials->n_rows + r];
            trial->answer = FPL_CLAIM_NOT_HELD;
            if (trials->stop == FPL_COMPLETE) trials->stop = fpli_watch_look(&watch);
            if (trials->stop == FPL_COMPLETE)
                status = try_row(c, &content->claims.items[k], r, z, open, trial, error);
        }
    fpli_free(z);
    fpli_free(open);
    return status;
}

fpl_status fpl_claims_test(const fpl_model *model, const fpl_roadmap *roadmap,
                           const fpl_dynamics *dynamics, const fpl_limits *limits,
                           fpl_claim_trials **trials, fpl_error *error)
{
    fpl_status status = FPL_OK;
    const size_t n_claims = (size_t)fpl_model_content(model)->claims.n;
    court c = {
        .model = model, .roadmap = roadmap, .n = (size_t)fpl_model_n_descriptors(model)};
    fpl_claim_trials *made = fpli_new(1, sizeof *made);
    FPL_TRY(made == NULL ? FPL_E_MEMORY : FPL_OK);
    made->n_rows = roadmap->n_rows;
    if (n_claims > 0 && made->n_rows > SIZE_MAX / n_claims) FPL_TRY(FPL_E_MEMORY);
    made->items = fpli_new(n_claims * made->n_rows, sizeof *made->items);
    c.held = fpli_new(c.n, sizeof *c.held);
    c.z = fpli_new(c.n, sizeof *c.z);
    c.best = fpli_new(c.n, sizeof *c.best);
    c.named = fpli_new(c.n, sizeof *c.named);
    FPL_TRY(made->items == NULL || c.held == NULL || c.z == NULL || c.best == NULL ||
                    c.named == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    FPL_TRY(fpli_settler_new(&c.settler, model, dynamics, error));
    FPL_TRY(try_all(&c, limits, made, error));
    *trials = made;
    made = NULL;
out:
    fpl_claim_trials_free(made);
    fpli_settler_clear(&c.settler);
    fpli_free(c.held);
    fpli_free(c.z);
    fpli_free(c.best);
    fpli_free(c.named);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_claim_trials_free(fpl_claim_trials *trials)
{
    if (trials == NULL) return;
    fpli_free(trials->items);
    fpli_free(trials);
}

const fpl_claim_trial *fpl_claim_trials_get(const fpl_claim_trials *trials, int claim,
                                            size_t row)
{
    return &trials->items[(size_t)claim * trials->n_rows + row];
}

fpl_stop fpl_claim_trials_stop(const fpl_claim_trials *trials)
{
    return trials->stop;
}
