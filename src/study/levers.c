/* Levers: candidates by size, each put to the judge unless a clause rules it out. Smaller levers are
 * clauses too, so what is found is minimal. method.md, M7. */
#include "study/levers.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

/* ---- candidates ---------------------------------------------------------------------------- */

/* No larger set that holds all of this one. */
static fpl_status block(fpli_lever_search *s)
{
    const fpl_fixing *set = fpli_lever_set(s);
    for (int i = 0, next = 0; i < s->levers->n_controls; i++) {
        const bool named = next < s->size &&
                           set[next].descriptor == s->levers->controls[i];
        s->may_skip[i] = !named;
        s->may_hold[i] = named ? (uint64_t)1 << set[next].variant : ~(uint64_t)0;
        next += named;
    }
    return fpli_clauses_add(s->clauses, s->size, s->may_skip, s->may_hold);
}

/* The candidate reaches the goal: list it, unless what it holds must not be under tension and is. */
static fpl_status list(fpli_lever_search *s, const fpli_verdict *verdict)
{
    fpl_levers *levers = s->levers;
    if (s->cap > 0 && levers->n >= s->cap) {
        levers->stop = FPL_STOPPED_CAP;
        return FPL_OK;
    }
    if (!fpli_grow((void **)&levers->items, levers->n, &levers->capacity,
                   sizeof *levers->items))
        return FPL_E_MEMORY;
    fpl_lever *lever = &levers->items[levers->n];
    fpl_status status = fpli_lever_keep(s, verdict, lever);
    if (status != FPL_OK) return status;
    status = fpli_lever_measure(s, lever);
    if (status == FPL_OK && levers->stop == FPL_COMPLETE &&
        (!s->options->self_consistent || lever->tension == 0)) {
        levers->n++;
        return block(s);
    }
    fpl_count_clear(&lever->completions);
    fpl_count_clear(&lever->reaching);
    return status;
}

static fpl_status try_candidate(fpli_lever_search *s)
{
    fpl_levers *levers = s->levers;
    levers->work.candidates++;
    if (fpli_clauses_rule_out(s->clauses, s->size)) {
        levers->work.refuted++;
        return FPL_OK;
    }
    levers->stop = fpli_watch_look(&s->watch);
    if (levers->stop != FPL_COMPLETE) return FPL_OK;
    fpli_watch_tell(&s->watch, -1, levers->n, levers->work.candidates);
    fpli_verdict verdict = {.tension = -1, .cycle = 1};
    fpl_status status = fpli_lever_judges[s->options->strength](s, &verdict);
    return status == FPL_OK && verdict.reaches ? list(s, &verdict) : status;
}

/* All candidates that hold what is held and `more` of the controls from `from` on. */
static fpl_status walk(fpli_lever_search *s, int more, int from)
{
    fpl_status status = FPL_OK;
    fpl_fixing *set = s->held + s->options->n_row;
    if (more == 0) return try_candidate(s);
    for (int i = from; i + more <= s->levers->n_controls; i++) {
        const int d = s->levers->controls[i];
        for (int v = 0; v < fpl_model_n_variants(s->model, d); v++) {
            fpli_clauses_hold(s->clauses, s->size, i, v);
            set[s->size++] = (fpl_fixing){(uint16_t)d, (uint16_t)v};
            status = walk(s, more - 1, i + 1);
            s->size--;
            if (status != FPL_OK || s->levers->stop != FPL_COMPLETE) return status;
        }
    }
    return FPL_OK;
}

static fpl_status walk_all(fpli_lever_search *s)
{
    fpl_status status = FPL_OK;
    fpli_clauses_begin(s->clauses);
    for (int size = 0; size <= s->max_size && status == FPL_OK; size++)
        if (s->levers->stop == FPL_COMPLETE) status = walk(s, size, 0);
    return status;
}

/* The cheapest first; sizes, descriptors and variants come in order already, as listed. */
static int cheaper_first(const void *left, const void *right)
{
    const fpl_lever *a = left, *b = right;
    if (a->cost != b->cost) return a->cost < b->cost ? -1 : 1;
    if (a->n != b->n) return a->n - b->n;
    for (int i = 0; i < a->n; i++) {
        if (a->set[i].descriptor != b->set[i].descriptor)
            return a->set[i].descriptor - b->set[i].descriptor;
        if (a->set[i].variant != b->set[i].variant)
            return a->set[i].variant - b->set[i].variant;
    }
    return 0;
}

/* ---- set-up -------------------------------------------------------------------------------- */

static fpl_status check_row(const fpl_model *model, const fpl_lever_options *options,
                            fpl_error *error)
{
    for (int i = 0; i < options->n_row; i++) {
        const fpl_fixing f = options->row[i];
        if (f.descriptor >= fpl_model_n_descriptors(model) ||
            f.variant >= fpl_model_n_variants(model, f.descriptor))
            return fpli_fail(error, FPL_E_ARGUMENT,
                             "there is no variant %d of descriptor %d", f.variant,
                             f.descriptor);
        for (int before = 0; before < i; before++)
            if (options->row[before].descriptor == f.descriptor)
                return fpli_fail(error, FPL_E_ARGUMENT, "descriptor %d is fixed twice",
                                 f.descriptor);
    }
    return FPL_OK;
}

static fpl_status check(const fpl_model *model, const fpl_lever_options *options,
                        fpl_error *error)
{
    if (options == NULL || options->goal == NULL)
        return fpli_fail(error, FPL_E_ARGUMENT, "levers need a goal");
    if (options->max_size < 0 || options->max_size > FPL_LEVER_MOST)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "an intervention holds 1 to %d descriptors, not %d",
                         FPL_LEVER_MOST, options->max_size);
    if (options->release && options->strength != FPL_STRENGTH_ATTAINED)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "only what is attained can be released and settled again");
    for (int d = 0; options->costs != NULL && d < fpl_model_n_descriptors(model); d++)
        if (options->costs[d] < 0)
            return fpli_fail(error, FPL_E_ARGUMENT, "a cost cannot be negative");
    return check_row(model, options, error);
}

static void choose_controls(fpli_lever_search *s)
{
    const fpl_content *content = fpl_model_content(s->model);
    bool *out = s->may_skip; /* not needed yet: who cannot be controlled */
    if (s->options->controllable == NULL)
        fpl_formula_mark_descriptors(s->options->goal, out);
    for (size_t d = 0; d < s->n; d++)
        if (s->options->controllable != NULL
                ? !s->options->controllable[d]
                : content->descriptors.items[d].kind != FPL_CHOICE)
            out[d] = true;
    for (int i = 0; i < s->options->n_row; i++) out[s->options->row[i].descriptor] = true;
    for (size_t d = 0; d < s->n; d++)
        if (!out[d]) s->levers->controls[s->levers->n_controls++] = (uint16_t)d;
}

static fpl_status make_room(fpli_lever_search *s)
{
    s->levers->arena = fpli_arena_new();
    s->levers->controls = fpli_new(s->n, sizeof *s->levers->controls);
    s->held = fpli_new((size_t)s->options->n_row + FPL_LEVER_MOST, sizeof *s->held);
    s->start = fpli_new(s->n, sizeof *s->start);
    s->z = fpli_new(s->n, sizeof *s->z);
    s->balance = fpli_new((size_t)fpl_model_offset(s->model, (int)s->n),
                          sizeof *s->balance);
    s->consistency = fpli_new(s->n, sizeof *s->consistency);
    s->may_skip = fpli_new(s->n, sizeof *s->may_skip);
    s->may_hold = fpli_new(s->n, sizeof *s->may_hold);
    if (s->levers->arena == NULL || s->levers->controls == NULL || s->held == NULL ||
        s->start == NULL || s->z == NULL || s->balance == NULL ||
        s->consistency == NULL || s->may_skip == NULL || s->may_hold == NULL)
        return FPL_E_MEMORY;
    return fpli_solver_new(s->model, FPLI_VECTORS_END, &s->solver);
}

static void set_start(fpli_lever_search *s)
{
    s->has_present = s->options->start != NULL;
    if (s->has_present)
        memcpy(s->start, s->options->start, s->n * sizeof *s->start);
    else
        s->has_present = fpl_model_start(s->model, s->start);
}

static fpl_status prepare(fpli_lever_search *s)
{
    fpl_status status = make_room(s);
    if (status == FPL_OK)
        status = fpl_formula_negate(s->options->goal, &s->negation, s->error);
    if (status != FPL_OK) return status;
    s->goal = s->options->prevent ? s->negation : s->options->goal;
    s->fails = s->options->prevent ? s->options->goal : s->negation;
    for (int i = 0; i < s->options->n_row; i++) s->held[i] = s->options->row[i];
    set_start(s);
    choose_controls(s);
    const int c = s->levers->n_controls;
    if (c == 0)
        return fpli_fail(
            s->error, FPL_E_ARGUMENT,
            "no descriptor is controllable: no choice is left that neither the "
            "row holds nor the goal names");
    s->max_size = s->options->max_size == 0 ? 2 : s->options->max_size;
    if (s->max_size > c) s->max_size = c;
    int *n_variants = fpli_new((size_t)c, sizeof *n_variants);
    if (n_variants == NULL) return FPL_E_MEMORY;
    for (int i = 0; i < c; i++)
        n_variants[i] = fpl_model_n_variants(s->model, s->levers->controls[i]);
    status = fpli_clauses_new(c, n_variants, s->max_size, &s->clauses);
    fpli_free(n_variants);
    return status;
}

static void release(fpli_lever_search *s)
{
    fpl_levers_free(s->levers);
    fpl_formula_free(s->negation);
    fpli_solver_free(s->solver);
    fpli_clauses_free(s->clauses);
    fpli_free(s->held);
    fpli_free(s->start);
    fpli_free(s->z);
    fpli_free(s->balance);
    fpli_free(s->consistency);
    fpli_free(s->may_skip);
    fpli_free(s->may_hold);
}

fpl_status fpl_levers_compute(const fpl_model *model, const fpl_lever_options *options,
                              const fpl_limits *limits, fpl_levers **levers,
                              fpl_error *error)
{
    fpl_status status = check(model, options, error);
    if (status != FPL_OK) return status;
    fpli_lever_search s = {.model = model,
                           .options = options,
                           .n = (size_t)fpl_model_n_descriptors(model),
                           .cap = limits == NULL ? 0 : limits->cap,
                           .levers = fpli_new(1, sizeof *s.levers),
                           .error = error};
    if (s.levers == NULL) return fpli_no_memory(error);
    fpli_watch_start(&s.watch, limits);
    FPL_TRY(prepare(&s));
    FPL_TRY(walk_all(&s));
    if (s.levers->n > 0)
        qsort(s.levers->items, s.levers->n, sizeof *s.levers->items, cheaper_first);
    if (s.levers->n == 0 && s.levers->stop == FPL_COMPLETE) {
        fpli_clauses_begin(s.clauses);
        FPL_TRY(fpli_lever_nearest(&s));
    }
    *levers = s.levers;
    s.levers = NULL;
out:
    release(&s);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_levers_free(fpl_levers *levers)
{
    if (levers == NULL) return;
    for (size_t i = 0; i < levers->n; i++) {
        fpl_count_clear(&levers->items[i].completions);
        fpl_count_clear(&levers->items[i].reaching);
    }
    for (size_t i = 0; i < levers->n_near; i++) {
        fpl_count_clear(&levers->near[i].completions);
        fpl_count_clear(&levers->near[i].reaching);
    }
    fpli_arena_free(levers->arena);
    fpli_free(levers->items);
    fpli_free(levers->controls);
    fpli_free(levers);
}

/* ---- access -------------------------------------------------------------------------------- */

size_t fpl_levers_n(const fpl_levers *levers)
{
    return levers->n;
}

const fpl_lever *fpl_levers_get(const fpl_levers *levers, size_t index)
{
    return &levers->items[index];
}

fpl_stop fpl_levers_stop(const fpl_levers *levers)
{
    return levers->stop;
}

size_t fpl_levers_n_near(const fpl_levers *levers)
{
    return levers->n_near;
}

const fpl_lever *fpl_levers_near(const fpl_levers *levers, size_t index)
{
    return &levers->near[index];
}

int fpl_levers_n_controls(const fpl_levers *levers)
{
    return levers->n_controls;
}

const uint16_t *fpl_levers_controls(const fpl_levers *levers)
{
    return levers->controls;
}

const fpl_lever_work *fpl_levers_work(const fpl_levers *levers)
{
    return &levers->work;
}
