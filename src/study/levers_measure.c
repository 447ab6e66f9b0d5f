/* What is told about an intervention besides that it works, and which come nearest if none does. */
#include "study/levers.h"

#include "base/status.h"

#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { ONE_BY_ONE = 4096, NEAR_SIZE = 2, NEAR_CANDIDATES = 20000 };

static int64_t cost_of(const fpli_lever_search *s, fpl_fixing f)
{
    if (s->has_present && s->start[f.descriptor] == f.variant) return 0;
    return s->options->costs == NULL ? 1 : s->options->costs[f.descriptor];
}

fpl_status fpli_lever_keep(fpli_lever_search *search, const fpli_verdict *verdict,
                           fpl_lever *lever)
{
    const size_t size = (size_t)search->size;
    fpli_arena *arena = search->levers->arena;
    fpl_fixing *set = fpli_arena_alloc(arena, size, sizeof *set);
    uint16_t *z = fpli_arena_alloc(arena, search->n, sizeof *z);
    if (set == NULL || z == NULL) return FPL_E_MEMORY;
    memcpy(set, fpli_lever_set(search), size * sizeof *set);
    memcpy(z, search->z, search->n * sizeof *z);
    *lever = (fpl_lever){.set = set,
                         .n = search->size,
                         .tension = verdict->tension,
                         .witness = verdict->has_witness ? z : NULL,
                         .cycle = verdict->cycle};
    for (size_t i = 0; i < size; i++) lever->cost += cost_of(search, set[i]);
    return FPL_OK;
}

/* ---- completions --------------------------------------------------------------------------- */

typedef struct tallying {
    fpli_lever_search *search;
    uint64_t n, reaching;
    int64_t tension; /* -1: none reached the goal yet */
    uint64_t most;   /* 0: all */
} tallying;

static bool tally(void *context, const uint16_t *z)
{
    tallying *t = context;
    if (t->most > 0 && t->n >= t->most) return false;
    t->n++;
    if (!fpl_formula_holds(t->search->goal, z)) return true;
    t->reaching++;
    const int64_t tension = fpli_lever_tension(t->search, z);
    if (t->tension < 0 || tension < t->tension) t->tension = tension;
    return true;
}

static bool until_none(void *context, const uint16_t *z)
{
    tallying *t = context;
    return tally(context, z) && t->tension != 0;
}

static fpl_status count_where(fpli_lever_search *s, const fpl_formula *where,
                              fpl_count *count)
{
    const fpl_query query = fpli_lever_query(s, where);
    const fpl_limits limits = fpli_lever_limits(s);
    fpl_outcome outcome = {0};
    fpl_status status = fpli_solver_count(s->solver, &query, &limits, count, &outcome,
                                          s->error);
    if (s->levers->stop == FPL_COMPLETE) s->levers->stop = outcome.stop;
    return status;
}

/* Too many to look at each: count them apart, and look for one without tension. */
static fpl_status measure_many(fpli_lever_search *s, fpl_lever *lever, int64_t *tension)
{
    const fpl_query query = fpli_lever_query(s, s->goal);
    const fpl_limits limits = fpli_lever_limits(s);
    fpl_outcome outcome = {0};
    tallying t = {.search = s, .tension = -1};
    fpl_status status = fpli_solver_visit(s->solver, &query, &limits, until_none, &t,
                                          &outcome, s->error);
    *tension = t.tension;
    if (outcome.stop != FPL_COMPLETE && outcome.stop != FPL_STOPPED_VISITOR) {
        s->levers->stop = outcome.stop;
        *tension = -1;
    }
    if (status == FPL_OK) status = count_where(s, NULL, &lever->completions);
    if (status == FPL_OK) status = count_where(s, s->goal, &lever->reaching);
    return status;
}

fpl_status fpli_lever_measure(fpli_lever_search *search, fpl_lever *lever)
{
    const fpl_query query = fpli_lever_query(search, NULL);
    const fpl_limits limits = fpli_lever_limits(search);
    fpl_outcome outcome = {0};
    tallying t = {.search = search, .tension = -1, .most = ONE_BY_ONE};
    fpl_status status = fpli_solver_visit(search->solver, &query, &limits, tally, &t,
                                          &outcome, search->error);
    if (status != FPL_OK) return status;
    if (outcome.stop == FPL_STOPPED_VISITOR) {
        status = measure_many(search, lever, &t.tension);
    } else {
        if (outcome.stop != FPL_COMPLETE) search->levers->stop = outcome.stop;
        status = fpl_count_set(&lever->completions, t.n);
        if (status == FPL_OK) status = fpl_count_set(&lever->reaching, t.reaching);
    }
    if (search->options->strength <= FPL_STRENGTH_POSSIBLE) lever->tension = t.tension;
    return status;
}

/* ---- near misses --------------------------------------------------------------------------- */

/* Shares compared without division: a/b before c/d. Counts beyond 64 bits are not compared. */
static bool has_larger_share(const fpl_lever *a, const fpl_lever *b)
{
    uint64_t x = 0, of = 0, y = 0, whole = 0;
    if (fpl_count_get_u64(&a->reaching, &x) != FPL_OK ||
        fpl_count_get_u64(&a->completions, &of) != FPL_OK ||
        fpl_count_get_u64(&b->reaching, &y) != FPL_OK ||
        fpl_count_get_u64(&b->completions, &whole) != FPL_OK)
        return false;
    const wide left = (wide)x * whole;
    const wide right = (wide)y * of;
    if (left != right) return left > right;
    return a->cost < b->cost;
}

static void forget(fpl_lever *lever)
{
    fpl_count_clear(&lever->completions);
    fpl_count_clear(&lever->reaching);
}

/* Put a candidate that misses among the nearest, if it belongs there. */
static fpl_status consider(fpli_lever_search *s)
{
    fpl_levers *levers = s->levers;
    fpli_verdict verdict = {.tension = -1, .cycle = 1};
    fpl_lever lever = {0};
    fpl_status status = fpli_lever_judges[s->options->strength](s, &verdict);
    if (status != FPL_OK || levers->stop != FPL_COMPLETE || verdict.reaches ||
        !verdict.has_witness)
        return status;
    status = fpli_lever_keep(s, &verdict, &lever);
    if (status == FPL_OK) status = fpli_lever_measure(s, &lever);
    size_t at = levers->n_near;
    while (at > 0 && has_larger_share(&lever, &levers->near[at - 1])) at--;
    if (status != FPL_OK || levers->stop != FPL_COMPLETE || at == 3 ||
        lever.reaching.n_limbs == 0) {
        forget(&lever);
        return status;
    }
    if (levers->n_near == 3) forget(&levers->near[--levers->n_near]);
    for (size_t i = levers->n_near; i > at; i--) levers->near[i] = levers->near[i - 1];
    levers->near[at] = lever;
    levers->n_near++;
    return FPL_OK;
}

static fpl_status consider_all(fpli_lever_search *s, int size, int from)
{
    fpl_status status = FPL_OK;
    fpl_fixing *set = s->held + s->options->n_row;
    if (s->size == size) return consider(s);
    for (int i = from; i < s->levers->n_controls; i++) {
        const int d = s->levers->controls[i];
        for (int v = 0; v < fpl_model_n_variants(s->model, d); v++) {
            set[s->size++] = (fpl_fixing){(uint16_t)d, (uint16_t)v};
            status = consider_all(s, size, i + 1);
            s->size--;
            if (status != FPL_OK || s->levers->stop != FPL_COMPLETE) return status;
        }
    }
    return FPL_OK;
}

/* Of more candidates than that only single ones are looked at. */
static int near_size(const fpli_lever_search *s)
{
    uint64_t all = 0;
    for (int i = 0; i < s->levers->n_controls; i++)
        all += (uint64_t)fpl_model_n_variants(s->model, s->levers->controls[i]);
    const int most = all * all > 2 * NEAR_CANDIDATES ? 1 : NEAR_SIZE;
    return s->max_size < most ? s->max_size : most;
}

fpl_status fpli_lever_nearest(fpli_lever_search *search)
{
    fpl_status status = FPL_OK;
    const int most = near_size(search);
    for (int size = 0; size <= most && status == FPL_OK; size++)
        if (search->levers->stop == FPL_COMPLETE) status = consider_all(search, size, 0);
    return status;
}
