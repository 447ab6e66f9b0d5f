/* Situations are explored breadth first: each is left by every move of a driver, and succession says
 * where it settles next. */
#include "study/graph.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/status.h"
#include "base/strong.h"
#include "engine/settle.h"

#include <string.h>

enum { SITUATIONS_MOST = 1 << 20, LOOK_EVERY = 64 };

typedef struct explorer {
    fpl_graph *graph;
    const fpl_roadmap *roadmap;
    const fpl_graph_options *options;
    fpli_settler settler;
    fpl_fixing *held;
    fpli_watch watch;
    size_t n, most; /* descriptors; situations */
    uint16_t *z;    /* n */
    fpl_stop stop;
    fpl_status status;
} explorer;

/* ---- situations ----------------------------------------------------------------------------- */

/* Listing order: the last descriptor is the slowest digit. */
static bool stands_before(const uint16_t *a, const uint16_t *b, size_t n)
{
    for (size_t d = n; d-- > 0;)
        if (a[d] != b[d]) return a[d] < b[d];
    return false;
}

static size_t first_member(const fpl_attractor *attractor, size_t n)
{
    size_t first = 0;
    for (size_t i = 1; i < attractor->length; i++)
        if (stands_before(attractor->members + i * n, attractor->members + first * n, n))
            first = i;
    return first;
}

static fpl_status keep_situation(explorer *x, const fpl_attractor *attractor,
                                 size_t first)
{
    fpl_graph *g = x->graph;
    const size_t at = g->pool.n - 1;
    const int level = fpl_model_level(x->roadmap->model);
    fpli_situation own = {.first = g->n_members, .length = attractor->length};
    for (size_t i = 0; i < attractor->length; i++) {
        const uint16_t *z = attractor->members + (first + i) % attractor->length * x->n;
        if (!fpli_grow((void **)&g->members, g->n_members, &g->members_capacity,
                       x->n * sizeof *g->members))
            return FPL_E_MEMORY;
        memcpy(g->members + g->n_members++ * x->n, z, x->n * sizeof *z);
        own.levels |= (fpl_level_set)1 << z[level];
    }
    if (!fpli_grow((void **)&g->situations, at, &g->situations_capacity,
                   sizeof *g->situations))
        return FPL_E_MEMORY;
    g->situations[at] = own;
    return FPL_OK;
}

static size_t row_of(const fpl_roadmap *roadmap, const uint16_t *z)
{
    size_t row = 0;
    for (int i = 0; i < roadmap->n_drivers; i++) {
        const int d = roadmap->drivers[i];
        row = row * (size_t)fpl_model_n_variants(roadmap->model, d) + z[d];
    }
    return row;
}

/* Settle from z with the drivers held as they stand in z; the number of the situation. */
static fpl_status settle(explorer *x, const uint16_t *z, uint32_t *number)
{
    fpl_attractor attractor = {0};
    bool is_new = false;
    fpli_row_fixings(x->roadmap, row_of(x->roadmap, z), x->held);
    fpl_status status = fpli_settle(&x->settler, x->held, x->roadmap->n_held, z,
                                    &attractor, NULL);
    if (status != FPL_OK) return status;
    const size_t first = first_member(&attractor, x->n);
    status = fpli_pool_add(&x->graph->pool, attractor.members + first * x->n, number,
                           &is_new);
    return status == FPL_OK && is_new ? keep_situation(x, &attractor, first) : status;
}

/* ---- moves ---------------------------------------------------------------------------------- */

static bool may_enter(const explorer *x, const uint16_t *z)
{
    const fpl_row *row = &x->roadmap->rows[row_of(x->roadmap, z)];
    return !x->options->use_max_tension ||
           (row->stop == FPL_COMPLETE && row->tension <= x->options->max_tension) ||
           row_of(x->roadmap, z) == fpl_roadmap_present(x->roadmap);
}

/* Take the move: put the driver's variant into the first member of the situation, and settle. */
static fpl_status lead(explorer *x, uint32_t from, int driver, int variant, uint32_t *to)
{
    memcpy(x->z, fpli_pool_get(&x->graph->pool, from), x->n * sizeof *x->z);
    x->z[driver] = (uint16_t)variant;
    return settle(x, x->z, to);
}

static fpl_status add_move(explorer *x, uint32_t from, int driver, int variant)
{
    fpl_graph *g = x->graph;
    uint32_t to = 0;
    memcpy(x->z, fpli_pool_get(&g->pool, from), x->n * sizeof *x->z);
    x->z[driver] = (uint16_t)variant;
    if (!may_enter(x, x->z)) return FPL_OK;
    const fpl_status status = lead(x, from, driver, variant, &to);
    if (status != FPL_OK) return status;
    if (!fpli_grow((void **)&g->moves, g->n_moves, &g->moves_capacity, sizeof *g->moves))
        return FPL_E_MEMORY;
    g->moves[g->n_moves++] = (fpl_graph_move){
        .from = from, .to = to, .driver = (uint16_t)driver, .variant = (uint16_t)variant};
    return FPL_OK;
}

static fpl_status add_moves(explorer *x, uint32_t from)
{
    fpl_status status = FPL_OK;
    for (int i = 0; i < x->roadmap->n_drivers; i++) {
        const int d = x->roadmap->drivers[i];
        const bool ordered = fpl_model_is_ordered(x->roadmap->model, d);
        const int now = fpli_pool_get(&x->graph->pool, from)[d];
        for (int v = 0; v < fpl_model_n_variants(x->roadmap->model, d); v++) {
            if (v == now || (ordered && v != now - 1 && v != now + 1)) continue;
            status = add_move(x, from, d, v);
            if (status != FPL_OK) return status;
        }
    }
    return status;
}

static fpl_status explore(explorer *x)
{
    fpl_graph *g = x->graph;
    for (size_t at = 0;; at++) {
        if (!fpli_grow((void **)&g->first, at, &g->first_capacity, sizeof *g->first))
            return FPL_E_MEMORY;
        g->first[at] = g->n_moves;
        if (at == g->pool.n) return FPL_OK;
        if (at % LOOK_EVERY == 0 && g->stop == FPL_COMPLETE)
            g->stop = fpli_watch_look(&x->watch);
        if (g->pool.n > x->most && g->stop == FPL_COMPLETE) g->stop = FPL_STOPPED_CAP;
        if (g->stop != FPL_COMPLETE) continue;
        const fpl_status status = add_moves(x, (uint32_t)at);
        if (status != FPL_OK) return status;
    }
}

/* ---- what cannot be undone ------------------------------------------------------------------ */

/* The move of `from` that gives a driver a variant; NULL: it is not there. */
static const fpl_graph_move *find_move(const fpl_graph *g, uint32_t from, int driver,
                                       int variant)
{
    for (size_t m = g->first[from]; m < g->first[from + 1]; m++)
        if (g->moves[m].driver == driver && g->moves[m].variant == variant)
            return &g->moves[m];
    return NULL;
}

static void mark_ratchets(const fpl_graph *g)
{
    for (size_t m = 0; m < g->n_moves; m++) {
        fpl_graph_move *move = &g->moves[m];
        const int before = fpli_pool_get(&g->pool, move->from)[move->driver];
        const fpl_graph_move *reverse = find_move(g, move->to, move->driver, before);
        move->back = reverse == NULL ? move->from : reverse->to;
        move->is_ratchet = reverse != NULL && g->situations[reverse->to].levels !=
                                                  g->situations[move->from].levels;
    }
}

static fpl_status mark_no_return(fpl_graph *g)
{
    fpl_status status = FPL_OK;
    uint32_t n = 0;
    uint32_t *to = fpli_new(g->n_moves, sizeof *to);
    uint32_t *component = fpli_new(g->pool.n, sizeof *component);
    FPL_TRY(to == NULL || component == NULL ? FPL_E_MEMORY : FPL_OK);
    for (size_t m = 0; m < g->n_moves; m++) to[m] = g->moves[m].to;
    FPL_TRY(fpli_strong_components(g->pool.n, g->first, to, component, &n));
    for (size_t m = 0; m < g->n_moves; m++)
        g->moves[m].is_no_return = component[g->moves[m].from] !=
                                   component[g->moves[m].to];
out:
    fpli_free(to);
    fpli_free(component);
    return status;
}

/* ---- all together --------------------------------------------------------------------------- */

static bool begin_with(void *context, const uint16_t *z)
{
    explorer *x = context;
    uint32_t number = 0;
    if (!may_enter(x, z)) return true;
    x->status = settle(x, z, &number);
    if (x->graph->pool.n > x->most) return false;
    return x->status == FPL_OK;
}

/* The completions of all rows: the drivers are exempt from the test. */
static fpl_status add_completions(explorer *x, const fpl_limits *limits)
{
    fpl_outcome outcome = {0};
    bool *exempt = fpli_new(x->n, sizeof *exempt);
    if (exempt == NULL) return FPL_E_MEMORY;
    for (int i = 0; i < x->roadmap->n_drivers; i++) exempt[x->roadmap->drivers[i]] = true;
    fpl_limits own = limits == NULL ? (fpl_limits){0} : *limits;
    own.cap = 0;
    const fpl_query query = {.reading = FPL_DO,
                             .fixed = x->roadmap->also_held,
                             .n_fixed = x->roadmap->n_held - x->roadmap->n_drivers,
                             .exempt = exempt};
    fpl_status status = fpl_scenarios_visit(x->roadmap->model, &query, &own, begin_with,
                                            x, &outcome, NULL);
    fpli_free(exempt);
    if (status == FPL_OK) status = x->status;
    if (outcome.stop != FPL_COMPLETE && outcome.stop != FPL_STOPPED_VISITOR)
        x->graph->stop = outcome.stop;
    return status;
}

static fpl_status prepare(explorer *x, fpl_error *error)
{
    x->graph = fpli_new(1, sizeof *x->graph);
    x->held = fpli_new((size_t)x->roadmap->n_held, sizeof *x->held);
    x->z = fpli_new(x->n, sizeof *x->z);
    if (x->graph == NULL || x->held == NULL || x->z == NULL) return FPL_E_MEMORY;
    x->graph->roadmap = x->roadmap;
    const fpl_status status = fpli_pool_new(&x->graph->pool, x->n);
    return status == FPL_OK ? fpli_settler_new(&x->settler, x->roadmap->model,
                                               &x->options->dynamics, error)
                            : status;
}

fpl_status fpl_graph_make(const fpl_roadmap *roadmap, const fpl_graph_options *options,
                          const fpl_limits *limits, fpl_graph **graph, fpl_error *error)
{
    static const fpl_graph_options usual = {.dynamics = {.memory = true}};
    fpl_status status = FPL_OK;
    uint32_t present = 0;
    explorer x = {.roadmap = roadmap,
                  .options = options == NULL ? &usual : options,
                  .n = (size_t)fpl_model_n_descriptors(roadmap->model)};
    if (x.options->dynamics.rule == FPL_SUCCESSION_RANDOM)
        return fpli_fail(error, FPL_E_ARGUMENT,
                         "a random order leads to no one situation");
    x.most = limits != NULL && limits->cap > 0 && limits->cap < SITUATIONS_MOST
                 ? (size_t)limits->cap
                 : SITUATIONS_MOST;
    fpli_watch_start(&x.watch, limits);
    FPL_TRY(prepare(&x, error));
    FPL_TRY(settle(&x, roadmap->start, &present));
    if (x.options->all) FPL_TRY(add_completions(&x, limits));
    FPL_TRY(explore(&x));
    mark_ratchets(x.graph);
    if (x.graph->stop == FPL_COMPLETE) FPL_TRY(mark_no_return(x.graph));
    *graph = x.graph;
    x.graph = NULL;
out:
    fpl_graph_free(x.graph);
    fpli_settler_clear(&x.settler);
    fpli_free(x.held);
    fpli_free(x.z);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_graph_free(fpl_graph *graph)
{
    if (graph == NULL) return;
    fpli_pool_clear(&graph->pool);
    fpli_free(graph->situations);
    fpli_free(graph->members);
    fpli_free(graph->moves);
    fpli_free(graph->first);
    fpli_free(graph);
}

size_t fpl_graph_n(const fpl_graph *graph)
{
    return graph->pool.n;
}

fpl_situation fpl_graph_get(const fpl_graph *graph, size_t index)
{
    const fpli_situation *s = &graph->situations[index];
    const uint16_t *members = graph->members + s->first * graph->pool.width;
    return (fpl_situation){.row = row_of(graph->roadmap, members),
                           .members = members,
                           .length = s->length,
                           .levels = s->levels,
                           .is_present = index == 0};
}

fpl_stop fpl_graph_stop(const fpl_graph *graph)
{
    return graph->stop;
}

size_t fpl_graph_n_moves(const fpl_graph *graph)
{
    return graph->n_moves;
}

const fpl_graph_move *fpl_graph_get_move(const fpl_graph *graph, size_t index)
{
    return &graph->moves[index];
}

size_t fpl_graph_first_move(const fpl_graph *graph, size_t situation)
{
    return graph->first[situation];
}
