/* Islands are solved apart: counts are multiplied, scenarios put together from their parts. */
#include "engine/solver.h"

#include "base/mem.h"
#include "engine/hunt.h"
#include "engine/islands.h"
#include "engine/tally.h"

#include <math.h>
#include <string.h>

static const size_t MEMO_MAX = (size_t)256 << 20;
enum { MEMO_WORTH = 8, FIND_NODES = 4096 }; /* nodes */

struct fpli_solver {
    const fpl_model *model;
    int n;
    fpli_lanes *lanes;
    fpli_search *search;
    uint64_t *domains;
    bool *tested;
    size_t memo_bytes;
    uint64_t memo_worth;
};

fpl_status fpli_solver_new(const fpl_model *model, fpli_level_of_vectors vectors,
                           fpli_solver **solver)
{
    fpl_status status = FPL_OK;
    fpli_solver *s = fpli_new(1, sizeof *s);
    if (s == NULL) return FPL_E_MEMORY;
    s->model = model;
    s->memo_bytes = MEMO_MAX;
    s->memo_worth = MEMO_WORTH;
    s->n = fpl_model_n_descriptors(model);
    s->domains = fpli_new((size_t)s->n, sizeof *s->domains);
    s->tested = fpli_new((size_t)s->n, sizeof *s->tested);
    FPL_TRY(s->domains == NULL || s->tested == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_lanes_new(model, vectors, &s->lanes));
    FPL_TRY(fpli_search_new(s->lanes, &s->search));
    *solver = s;
    s = NULL;
out:
    fpli_solver_free(s);
    return status;
}

void fpli_solver_free(fpli_solver *solver)
{
    if (solver == NULL) return;
    fpli_search_free(solver->search);
    fpli_lanes_free(solver->lanes);
    fpli_free(solver->domains);
    fpli_free(solver->tested);
    fpli_free(solver);
}

void fpli_solver_set_memo(fpli_solver *solver, size_t max_bytes, uint64_t worth)
{
    solver->memo_worth = worth;
    solver->memo_bytes = max_bytes;
}

/* One question to the solver, with its islands. */
typedef struct inquiry {
    fpli_solver *solver;
    fpli_task task;
    fpli_watch watch;
    fpli_islands islands;
    fpl_outcome outcome;
    uint64_t cap;
    fpl_visitor visitor;
    void *context;
    const fpl_query *query;
    uint32_t next_part; /* of a checkpoint, for the next hunt; 0 is the tally's */
    int32_t *balance;   /* debug builds: to verify what is reported */
} inquiry;

/* Reduce the domains. *some: there may be scenarios. */
static fpl_status open_inquiry(inquiry *q, const fpl_query *query,
                               const fpl_limits *limits, bool *some, fpl_error *error)
{
    fpli_solver *s = q->solver;
    fpli_watch_start(&q->watch, limits);
    q->watch.estimated = true;
    q->next_part = 1;
    q->query = query;
    fpl_status status = fpli_task_set(s->model, query, s->domains, s->tested, &q->task,
                                      error);
    if (status != FPL_OK) return status;
    fpli_search_set_task(s->search, &q->task);
    *some = fpli_search_reduce(s->search, s->domains);
    return FPL_OK;
}

static fpl_status find_islands(inquiry *q)
{
    fpli_solver *s = q->solver;
    return fpli_islands_find(s->search, s->model, &q->task, s->domains, &q->islands);
}

static fpl_status hunt(inquiry *q, const bool *scope, fpl_visitor visitor, void *context,
                       uint64_t *found)
{
    fpli_solver *s = q->solver;
    fpli_hunt hunt = {
        .lanes = s->lanes,
        .task = &q->task,
        .search = s->search,
        .domains = s->domains,
        .scope = scope,
        .watch = &q->watch,
        .part = q->next_part++,
        .visitor = visitor,
        .context = context,
    };
    fpl_status status = fpli_hunt_run(&hunt);
    *found = hunt.found;
    q->outcome.nodes += hunt.nodes;
    if (hunt.stop != FPL_COMPLETE && hunt.stop != FPL_STOPPED_VISITOR)
        q->outcome.stop = hunt.stop;
    return status;
}

static const bool *scope_of(const inquiry *q, int island)
{
    return q->islands.scope + (size_t)island * (size_t)q->solver->n;
}

/* A guess at the work that a scope takes beside others. */
static double guess_work(const fpli_solver *s, const bool *scope)
{
    double bits = 0;
    for (int d = 0; d < s->n; d++)
        if (scope[d]) bits += log2(__builtin_popcountll(s->domains[d]));
    return exp2(bits / 2);
}

/* Go on to the next frame of the progress: so much of all work. */
static void next_frame(inquiry *q, double work, double all)
{
    const double from = q->watch.from + q->watch.span;
    fpli_watch_frame(&q->watch, from, all > 0 && isfinite(all) ? work / all : -1);
}

/* ---- visiting ----------------------------------------------------------------------------- */

static bool give(void *context, const uint16_t *z)
{
    inquiry *q = context;
#ifndef NDEBUG
    /* what a checkpoint says may be wrong: that is nobody's broken promise */
    FPL_INVARIANT(q->watch.checkpoint != NULL ||
                  fpl_query_admits(q->solver->model, q->query, z, q->balance));
#endif
    if (q->cap > 0 && q->outcome.found >= q->cap) {
        q->outcome.stop = FPL_STOPPED_CAP;
        return false;
    }
    q->outcome.found++;
    if (q->visitor(q->context, z)) return true;
    q->outcome.stop = FPL_STOPPED_VISITOR;
    return false;
}

typedef struct part { /* the scenarios of one island, n indices each */
    uint16_t *items;
    size_t n, capacity;
    size_t width;
    uint64_t cap;
    bool broken;
} part;

static bool keep(void *context, const uint16_t *z)
{
    part *p = context;
    if (!fpli_grow((void **)&p->items, p->n, &p->capacity, p->width * sizeof *p->items)) {
        p->broken = true;
        return false;
    }
    memcpy(p->items + p->n++ * p->width, z, p->width * sizeof *z);
    return p->cap == 0 ||
           p->n <= p->cap; /* one more than the cap: to know that there are more */
}

/* All combinations, the first island the slowest. */
static void combine(inquiry *q, const part *parts, int island, uint16_t *z)
{
    if (island == q->islands.n) {
        give(q, z);
        return;
    }
    const size_t n = (size_t)q->solver->n;
    const bool *scope = scope_of(q, island);
    for (size_t i = 0; i < parts[island].n && q->outcome.stop == FPL_COMPLETE; i++) {
        for (size_t d = 0; d < n; d++)
            if (scope[d]) z[d] = parts[island].items[i * n + d];
        combine(q, parts, island + 1, z);
    }
}

static fpl_status visit_islands(inquiry *q)
{
    fpl_status status = FPL_OK;
    const size_t n = (size_t)q->solver->n;
    bool some = true;
    part *parts = fpli_new((size_t)q->islands.n, sizeof *parts);
    uint16_t *z = fpli_new(n, sizeof *z);
    FPL_TRY(parts == NULL || z == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t d = 0; d < n; d++)
        z[d] = (uint16_t)__builtin_ctzll(q->solver->domains[d]);
    double all = 0;
    for (int i = 0; i < q->islands.n; i++) all += guess_work(q->solver, scope_of(q, i));
    fpli_watch_frame(&q->watch, 0, 0);
    for (int i = 0; i < q->islands.n && some; i++) {
        uint64_t found = 0;
        next_frame(q, guess_work(q->solver, scope_of(q, i)), all);
        parts[i].width = n;
        parts[i].cap = q->cap;
        FPL_TRY(hunt(q, scope_of(q, i), keep, &parts[i], &found));
        FPL_TRY(parts[i].broken ? FPL_E_MEMORY : FPL_OK);
        some = parts[i].n > 0;
    }
    const fpl_stop so_far =
        q->outcome.stop; /* what was found of each island may be combined */
    q->outcome.stop = FPL_COMPLETE;
    if (some) combine(q, parts, 0, z);
    if (q->outcome.stop == FPL_COMPLETE) q->outcome.stop = so_far;
out:
    for (int i = 0; parts != NULL && i < q->islands.n; i++) fpli_free(parts[i].items);
    fpli_free(parts);
    fpli_free(z);
    return status;
}

fpl_status fpli_solver_visit(fpli_solver *solver, const fpl_query *query,
                             const fpl_limits *limits, fpl_visitor visitor, void *context,
                             fpl_outcome *outcome, fpl_error *error)
{
    fpl_status status = FPL_OK;
    bool some = false;
    uint64_t found = 0;
    inquiry q = {.solver = solver,
                 .cap = limits == NULL ? 0 : limits->cap,
                 .visitor = visitor,
                 .context = context};
#ifndef NDEBUG
    q.balance = fpli_new((size_t)fpl_model_offset(solver->model, solver->n),
                         sizeof *q.balance);
    FPL_TRY(q.balance == NULL ? FPL_E_MEMORY : FPL_OK);
#endif
    FPL_TRY(open_inquiry(&q, query, limits, &some, error));
    if (some) {
        FPL_TRY(find_islands(&q));
        FPL_TRY(q.islands.n < 2 ? hunt(&q, NULL, give, &q, &found) : visit_islands(&q));
    }
    if (outcome != NULL) *outcome = q.outcome;
out:
    fpli_islands_clear(&q.islands);
    fpli_free(q.balance);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

/* ---- finding one --------------------------------------------------------------------------- */

typedef struct catch
{
    uint16_t *z;
    int n;
    bool found;
}
catch;

static bool catch_domains(void *context, const uint64_t *domains)
{
    catch *c = context;
    for (int d = 0; d < c->n; d++) c->z[d] = (uint16_t)__builtin_ctzll(domains[d]);
    c->found = true;
    return false;
}

static bool catch_scenario(void *context, const uint16_t *z)
{
    catch *c = context;
    memcpy(c->z, z, (size_t)c->n * sizeof *z);
    c->found = true;
    return false;
}

/* A long search is begun again by the way that islands and threads make short. */
fpl_status fpli_solver_find(fpli_solver *solver, const fpl_query *query,
                            const fpl_limits *limits, uint16_t *z, bool *found,
                            fpl_outcome *outcome, fpl_error *error)
{
    inquiry q = {.solver = solver};
    catch c = {z, solver->n, false};
    bool some = false, finished = true;
    fpl_status status = open_inquiry(&q, query, limits, &some, error);
    if (status != FPL_OK) return status;
    const uint64_t before = fpli_search_nodes(solver->search);
    if (some)
        finished = fpli_search_run(solver->search, solver->domains, NULL, FIND_NODES,
                                   catch_domains, NULL, &c);
    q.outcome.nodes = fpli_search_nodes(solver->search) - before;
    if (!finished && !c.found) {
        status = fpli_solver_visit(solver, query, limits, catch_scenario, &c, &q.outcome,
                                   error);
        if (q.outcome.stop == FPL_STOPPED_VISITOR) q.outcome.stop = FPL_COMPLETE;
    }
    if (status != FPL_OK) return status;
    q.outcome.found = c.found;
    *found = c.found;
    if (outcome != NULL) *outcome = q.outcome;
    return FPL_OK;
}

/* ---- counting ----------------------------------------------------------------------------- */

/* A bound on the total of tensions joins all that is open: one hunt. */
static fpl_status count_total(inquiry *q, fpl_count *product)
{
    uint64_t found = 0;
    fpl_status status = hunt(q, NULL, NULL, NULL, &found);
    return status != FPL_OK ? status : fpl_count_set(product, found);
}

/* scope: of the group. */
static fpl_status count_group(inquiry *q, fpli_tally *tally, int group, const bool *scope,
                              fpl_count *count)
{
    fpl_stop stop = FPL_COMPLETE;
    fpl_status status;
    if (fpli_tally_is_dense(tally, group)) {
        uint64_t found = 0;
        status = hunt(q, scope, NULL, NULL, &found);
        return status != FPL_OK ? status : fpl_count_set(count, found);
    }
    const uint64_t before = fpli_search_nodes(q->solver->search);
    status = fpli_tally_group(tally, group, count, &stop);
    q->outcome.nodes += fpli_search_nodes(q->solver->search) - before;
    if (stop != FPL_COMPLETE) q->outcome.stop = stop;
    return status;
}

static fpl_status count_groups(inquiry *q, fpl_count *product)
{
    fpl_status status = FPL_OK;
    fpli_solver *s = q->solver;
    fpli_tally *tally = NULL;
    fpl_count count = {0};
    bool *scope = fpli_new((size_t)s->n, sizeof *scope);
    FPL_TRY(scope == NULL ? FPL_E_MEMORY : FPL_OK);
    FPL_TRY(fpli_tally_new(s->lanes, s->search, &q->task, &q->watch, s->memo_bytes,
                           s->memo_worth, &tally));
    FPL_TRY(fpl_count_set(product, 1));
    const int n = fpli_tally_begin(tally, s->domains);
    double all = 0;
    for (int g = 0; g < n; g++) {
        fpli_tally_scope(tally, g, scope);
        all += guess_work(s, scope);
    }
    fpli_watch_frame(&q->watch, 0, 0);
    for (int g = 0; g < n && product->n_limbs > 0; g++) {
        fpli_tally_scope(tally, g, scope);
        next_frame(q, guess_work(s, scope), all);
        FPL_TRY(count_group(q, tally, g, scope, &count));
        FPL_TRY(fpl_count_mul(product, &count));
    }
out:
    fpli_tally_free(tally);
    fpli_free(scope);
    fpl_count_clear(&count);
    return status;
}

fpl_status fpli_solver_count(fpli_solver *solver, const fpl_query *query,
                             const fpl_limits *limits, fpl_count *count,
                             fpl_outcome *outcome, fpl_error *error)
{
    fpl_status status = FPL_OK;
    bool some = false;
    inquiry q = {.solver = solver};
    fpl_count product = {0};
    FPL_TRY(open_inquiry(&q, query, limits, &some, error));
    if (some)
        FPL_TRY(q.task.max_total >= 0 ? count_total(&q, &product)
                                      : count_groups(&q, &product));
    FPL_TRY(fpl_count_copy(count, &product));
    if (outcome != NULL) *outcome = q.outcome;
out:
    fpl_count_clear(&product);
    if (status == FPL_E_OVERFLOW)
        return fpli_fail(error, status, "the number of scenarios does not fit 128 bits");
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}
