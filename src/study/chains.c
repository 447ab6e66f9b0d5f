/* Paths and loops by depth-first search for one exact length after the other, so that what a limit
 * cuts off is the longest. A loop is looked for from its lowest descriptor only and through higher
 * ones. The distance to the target, by breadth-first search against the edges, prunes: a step is
 * taken only if the influences left may still reach it. */
#include "study/chains.h"

#include "base/mem.h"
#include "base/status.h"
#include "study/influence.h"

#include <stdlib.h>

enum { LOOK_EVERY = 4096 };

/* ---- the graph ----------------------------------------------------------------------------- */

static void list_edges(fpli_graph *g)
{
    const int n = g->n;
    int n_out = 0, n_in = 0;
    for (int i = 0; i < n; i++) {
        g->first[i] = n_out;
        g->first_in[i] = n_in;
        for (int j = 0; j < n; j++) {
            if (i == j) continue;
            if (g->acts[i * n + j]) g->targets[n_out++] = (uint16_t)j;
            if (g->acts[j * n + i]) g->sources[n_in++] = (uint16_t)j;
        }
    }
    g->first[n] = n_out;
    g->first_in[n] = n_in;
}

fpl_status fpli_graph_build(const fpl_model *model, fpli_graph *graph)
{
    fpl_status status = FPL_OK;
    const int n = fpl_model_n_descriptors(model);
    const size_t size = (size_t)n * (size_t)n;
    fpli_graph g = {.n = n};
    g.strength = fpli_new(size, sizeof *g.strength);
    g.lift = fpli_new(size, sizeof *g.lift);
    g.acts = fpli_new(size, sizeof *g.acts);
    g.first = fpli_new((size_t)n + 1, sizeof *g.first);
    g.first_in = fpli_new((size_t)n + 1, sizeof *g.first_in);
    FPL_TRY(g.strength == NULL || g.lift == NULL || g.acts == NULL || g.first == NULL ||
                    g.first_in == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            g.strength[i * n + j] = fpli_strength(model, i, j);
            g.lift[i * n + j] = fpli_lift(model, i, j);
            g.acts[i * n + j] = fpli_acts_on(model, i, j);
            g.n_edges += i != j && g.acts[i * n + j];
        }
    g.targets = fpli_new((size_t)g.n_edges, sizeof *g.targets);
    g.sources = fpli_new((size_t)g.n_edges, sizeof *g.sources);
    FPL_TRY(g.targets == NULL || g.sources == NULL ? FPL_E_MEMORY : FPL_OK);
    list_edges(&g);
    *graph = g;
    g = (fpli_graph){0};
out:
    fpli_graph_clear(&g);
    return status;
}

void fpli_graph_clear(fpli_graph *graph)
{
    fpli_free(graph->strength);
    fpli_free(graph->lift);
    fpli_free(graph->acts);
    fpli_free(graph->first);
    fpli_free(graph->first_in);
    fpli_free(graph->targets);
    fpli_free(graph->sources);
    *graph = (fpli_graph){0};
}

/* ---- the search ---------------------------------------------------------------------------- */

typedef struct walk {
    const fpli_graph *graph;
    fpli_chains *found;
    fpli_watch watch;
    uint64_t cap, steps;
    size_t most; /* more are too many; 0: never */
    bool too_many;
    bool broken;     /* no memory */
    uint16_t *at;    /* the descriptors on the way, n + 1 */
    int *next;       /* for each of them the edge to be tried next */
    bool *used;      /* for each descriptor: it is on the way */
    int *distance;   /* for each descriptor: influences to the target, -1: no way */
    uint16_t *queue; /* of the breadth-first search */
} walk;

static fpl_status walk_start(const fpli_graph *graph, const fpl_limits *limits,
                             fpli_chains *found, walk *w)
{
    const size_t n = (size_t)graph->n;
    *w = (walk){.graph = graph, .found = found, .cap = limits == NULL ? 0 : limits->cap};
    fpli_watch_start(&w->watch, limits);
    w->at = fpli_new(n + 1, sizeof *w->at);
    w->next = fpli_new(n + 1, sizeof *w->next);
    w->used = fpli_new(n, sizeof *w->used);
    w->distance = fpli_new(n, sizeof *w->distance);
    w->queue = fpli_new(n, sizeof *w->queue);
    return w->at == NULL || w->next == NULL || w->used == NULL || w->distance == NULL ||
                   w->queue == NULL
               ? FPL_E_MEMORY
               : FPL_OK;
}

static bool goes_on(const walk *w)
{
    return !w->broken && !w->too_many && w->found->stop == FPL_COMPLETE;
}

static void measure_distances(walk *w, int target, int lowest)
{
    const fpli_graph *g = w->graph;
    int head = 0, tail = 0;
    for (int d = 0; d < g->n; d++) w->distance[d] = -1;
    w->distance[target] = 0;
    w->queue[tail++] = (uint16_t)target;
    while (head < tail) {
        const int v = w->queue[head++];
        for (int e = g->first_in[v]; e < g->first_in[v + 1]; e++) {
            const int source = g->sources[e];
            if (source < lowest || w->distance[source] >= 0) continue;
            w->distance[source] = w->distance[v] + 1;
            w->queue[tail++] = (uint16_t)source;
        }
    }
}

void fpli_chain_weigh(const fpli_graph *graph, bool closed, fpl_chain *chain)
{
    chain->sign = 1;
    chain->lift = chain->strength = INT64_MAX;
    for (int k = 0; k < chain->n - (closed ? 0 : 1); k++) {
        const int i = chain->descriptors[k], j = chain->descriptors[(k + 1) % chain->n];
        const int64_t lift = graph->lift[i * graph->n + j];
        const int64_t strength = graph->strength[i * graph->n + j];
        if (strength < chain->strength) chain->strength = strength;
        if (llabs(lift) < chain->lift) chain->lift = llabs(lift);
        chain->sign *= lift > 0 ? 1 : lift < 0 ? -1 : 0;
    }
}

/* Keep the first n descriptors on the way. */
static void keep(walk *w, int n, bool closed)
{
    fpli_chains *found = w->found;
    if (w->cap > 0 && found->n >= w->cap) {
        found->stop = FPL_STOPPED_CAP;
        return;
    }
    if (w->most > 0 && found->n >= w->most) {
        w->too_many = true;
        return;
    }
    fpl_chain chain = {.descriptors = w->at, .n = n};
    fpli_chain_weigh(w->graph, closed, &chain);
    if (!fpli_grow((void **)&found->items, found->n, &found->capacity,
                   sizeof *found->items)) {
        w->broken = true;
        return;
    }
    for (int k = 0; k < n && !w->broken; k++) {
        if (fpli_grow((void **)&found->pool, found->n_pool, &found->pool_capacity,
                      sizeof *found->pool))
            found->pool[found->n_pool++] = w->at[k];
        else
            w->broken = true;
    }
    found->items[found->n++] = chain; /* its descriptors move; settle() finds them */
}

static void look(walk *w)
{
    if (++w->steps % LOOK_EVERY != 0) return;
    w->found->stop = fpli_watch_look(&w->watch);
    fpli_watch_tell(&w->watch, -1, w->found->n, w->steps);
}

/* All ways of exactly `length` influences through descriptors from `lowest` on; a loop if the
 * target is the start. */
static void search(walk *w, int start, int target, int lowest, int length)
{
    const fpli_graph *g = w->graph;
    int depth = 0;
    w->at[0] = (uint16_t)start;
    w->next[0] = g->first[start];
    w->used[start] = true;
    while (depth >= 0) {
        const int v = w->at[depth];
        if (!goes_on(w) || w->next[depth] == g->first[v + 1]) {
            w->used[v] = false;
            depth--;
            continue;
        }
        const int to = g->targets[w->next[depth]++], left = length - depth - 1;
        look(w);
        if (to == target && left == 0) {
            w->at[depth + 1] = (uint16_t)to;
            keep(w, start == target ? length : length + 1, start == target);
        } else if (to != target && left > 0 && to >= lowest && !w->used[to] &&
                   w->distance[to] >= 0 && w->distance[to] <= left) {
            depth++;
            w->at[depth] = (uint16_t)to;
            w->next[depth] = g->first[to];
            w->used[to] = true;
        }
    }
}

/* ---- order --------------------------------------------------------------------------------- */

static int by_indices(const fpl_chain *a, const fpl_chain *b)
{
    for (int k = 0; k < a->n && k < b->n; k++)
        if (a->descriptors[k] != b->descriptors[k])
            return a->descriptors[k] < b->descriptors[k] ? -1 : 1;
    return 0;
}

static int larger_first(int64_t a, int64_t b)
{
    return a > b ? -1 : a < b;
}

static int order_of_loops(const void *left, const void *right)
{
    const fpl_chain *a = left, *b = right;
    if (a->n != b->n) return a->n - b->n;
    if (a->lift != b->lift) return larger_first(a->lift, b->lift);
    if (a->strength != b->strength) return larger_first(a->strength, b->strength);
    return by_indices(a, b);
}

static int order_of_paths(const void *left, const void *right)
{
    const fpl_chain *a = left, *b = right;
    if (a->strength != b->strength) return larger_first(a->strength, b->strength);
    if (a->n != b->n) return a->n - b->n;
    return by_indices(a, b);
}

/* Now that the pool has stopped moving. */
static void settle(fpli_chains *found, int (*order)(const void *, const void *))
{
    const uint16_t *descriptors = found->pool;
    for (size_t i = 0; i < found->n; i++) {
        found->items[i].descriptors = descriptors;
        descriptors += found->items[i].n;
    }
    if (found->n > 1) qsort(found->items, found->n, sizeof *found->items, order);
}

/* Release the walk and hand over what it found. */
static fpl_status walk_finish(walk *w, fpl_status status,
                              int (*order)(const void *, const void *),
                              fpli_chains *chains)
{
    if (w->broken) status = FPL_E_MEMORY;
    fpli_free(w->at);
    fpli_free(w->next);
    fpli_free(w->used);
    fpli_free(w->distance);
    fpli_free(w->queue);
    if (status != FPL_OK) {
        fpli_chains_clear(w->found);
        return status;
    }
    settle(w->found, order);
    *chains = *w->found;
    return FPL_OK;
}

fpl_status fpli_loops_find(const fpli_graph *graph, int *length, size_t most,
                           const fpl_limits *limits, fpli_chains *chains)
{
    fpli_chains found = {0};
    walk w;
    fpl_status status = walk_start(graph, limits, &found, &w);
    const int longest = *length < graph->n ? *length : graph->n;
    for (int l = 2; l <= longest && status == FPL_OK && goes_on(&w); l++) {
        const size_t n = found.n, n_pool = found.n_pool;
        w.most = l > 2 ? most : 0;
        for (int start = 0; start < graph->n && goes_on(&w); start++) {
            found.stop = fpli_watch_look(&w.watch);
            measure_distances(&w, start, start);
            search(&w, start, start, start, l);
        }
        if (!w.too_many || w.broken) continue;
        found.n = n; /* the shorter ones are complete */
        found.n_pool = n_pool;
        *length = l - 1;
    }
    return walk_finish(&w, status, order_of_loops, chains);
}

fpl_status fpli_chains_between(const fpli_graph *graph, int from, int to, int length,
                               const fpl_limits *limits, fpli_chains *chains)
{
    fpli_chains found = {0};
    walk w;
    fpl_status status = walk_start(graph, limits, &found, &w);
    if (status == FPL_OK) measure_distances(&w, to, 0);
    if (length > graph->n - 1) length = graph->n - 1;
    for (int l = 1; l <= length && status == FPL_OK && goes_on(&w); l++) {
        found.stop = fpli_watch_look(&w.watch);
        search(&w, from, to, 0, l);
    }
    return walk_finish(&w, status, order_of_paths, chains);
}

void fpli_chains_clear(fpli_chains *chains)
{
    fpli_free(chains->items);
    fpli_free(chains->pool);
    *chains = (fpli_chains){0};
}
