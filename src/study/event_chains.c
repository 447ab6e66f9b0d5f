/* Cheapest chains of moves: breadth first from the present, then counted backwards. */
#include "study/graph.h"

#include "base/mem.h"
#include "base/status.h"

#include <string.h>

enum { LISTED = 10, UNREACHED = -1 };

struct fpl_chains {
    int length;
    fpl_count count;
    size_t *moves; /* n lines of `length` */
    size_t n, capacity;
};

typedef struct seeker {
    const fpl_graph *graph;
    fpl_chains *chains;
    int *steps;  /* of each situation from the present; UNREACHED */
    bool *leads; /* to the goal in as many moves as are left */
    uint32_t *queue;
    size_t n_queue;
    size_t *path;
    size_t most;
} seeker;

static bool has_goal(const fpl_graph *g, const fpl_formula *goal, size_t index)
{
    const fpl_situation s = fpl_graph_get(g, index);
    for (size_t i = 0; i < s.length; i++)
        if (!fpl_formula_holds(goal, s.members + i * g->pool.width)) return false;
    return true;
}

static void spread(seeker *s)
{
    const fpl_graph *g = s->graph;
    for (size_t i = 0; i < g->pool.n; i++) s->steps[i] = UNREACHED;
    s->steps[0] = 0;
    s->queue[s->n_queue++] = 0;
    for (size_t at = 0; at < s->n_queue; at++) {
        const uint32_t from = s->queue[at];
        for (size_t m = g->first[from]; m < g->first[from + 1]; m++) {
            const uint32_t to = g->moves[m].to;
            if (s->steps[to] != UNREACHED) continue;
            s->steps[to] = s->steps[from] + 1;
            s->queue[s->n_queue++] = to;
        }
    }
}

/* Which situations lie on a cheapest chain: backwards from the goals. ways: chains to the goal. */
static fpl_status count_back(seeker *s, const bool *is_goal, fpl_count *ways)
{
    const fpl_graph *g = s->graph;
    fpl_status status = FPL_OK;
    for (size_t at = s->n_queue; at-- > 0 && status == FPL_OK;) {
        const uint32_t from = s->queue[at];
        if (s->steps[from] > s->chains->length) continue;
        if (s->steps[from] == s->chains->length) {
            s->leads[from] = is_goal[from];
            status = fpl_count_set(&ways[from], is_goal[from]);
            continue;
        }
        for (size_t m = g->first[from]; m < g->first[from + 1] && status == FPL_OK; m++) {
            const uint32_t to = g->moves[m].to;
            if (s->steps[to] != s->steps[from] + 1 || !s->leads[to]) continue;
            s->leads[from] = true;
            status = fpl_count_add(&ways[from], &ways[to]);
        }
    }
    return status == FPL_OK ? fpl_count_copy(&s->chains->count, &ways[0]) : status;
}

static fpl_status list_from(seeker *s, uint32_t from, int at)
{
    const fpl_graph *g = s->graph;
    fpl_chains *c = s->chains;
    const size_t length = (size_t)c->length;
    if (c->n == s->most) return FPL_OK;
    if (at == c->length) {
        if (!fpli_grow((void **)&c->moves, c->n, &c->capacity, length * sizeof *c->moves))
            return FPL_E_MEMORY;
        memcpy(c->moves + c->n++ * length, s->path, length * sizeof *s->path);
        return FPL_OK;
    }
    fpl_status status = FPL_OK;
    for (size_t m = g->first[from]; m < g->first[from + 1] && status == FPL_OK; m++) {
        const uint32_t to = g->moves[m].to;
        if (s->steps[to] != at + 1 || !s->leads[to]) continue;
        s->path[at] = m;
        status = list_from(s, to, at + 1);
    }
    return status;
}

static fpl_status find(seeker *s, const fpl_formula *goal, bool *is_goal, fpl_count *ways)
{
    const size_t n = s->graph->pool.n;
    s->chains->length = UNREACHED;
    spread(s);
    for (size_t at = 0; at < s->n_queue; at++) {
        const uint32_t i = s->queue[at];
        is_goal[i] = has_goal(s->graph, goal, i);
        if (is_goal[i] && s->chains->length == UNREACHED) s->chains->length = s->steps[i];
    }
    if (s->chains->length == UNREACHED) return FPL_OK;
    fpl_status status = count_back(s, is_goal, ways);
    if (status != FPL_OK || s->chains->length == 0) return status;
    s->path = fpli_new(n, sizeof *s->path);
    return s->path == NULL ? FPL_E_MEMORY : list_from(s, 0, 0);
}

fpl_status fpl_chains_find(const fpl_graph *graph, const fpl_formula *goal,
                           const fpl_limits *limits, fpl_chains **chains,
                           fpl_error *error)
{
    fpl_status status = FPL_OK;
    const size_t n = graph->pool.n;
    seeker s = {.graph = graph,
                .most = limits != NULL && limits->cap > 0 ? (size_t)limits->cap : LISTED};
    bool *is_goal = fpli_new(n, sizeof *is_goal);
    fpl_count *ways = fpli_new(n, sizeof *ways);
    s.chains = fpli_new(1, sizeof *s.chains);
    s.steps = fpli_new(n, sizeof *s.steps);
    s.leads = fpli_new(n, sizeof *s.leads);
    s.queue = fpli_new(n, sizeof *s.queue);
    FPL_TRY(is_goal == NULL || ways == NULL || s.chains == NULL || s.steps == NULL ||
                    s.leads == NULL || s.queue == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    FPL_TRY(find(&s, goal, is_goal, ways));
    *chains = s.chains;
    s.chains = NULL;
out:
    for (size_t i = 0; ways != NULL && i < n; i++) fpl_count_clear(&ways[i]);
    fpl_chains_free(s.chains);
    fpli_free(is_goal);
    fpli_free(ways);
    fpli_free(s.steps);
    fpli_free(s.leads);
    fpli_free(s.queue);
    fpli_free(s.path);
    return status == FPL_E_MEMORY ? fpli_no_memory(error) : status;
}

void fpl_chains_free(fpl_chains *chains)
{
    if (chains == NULL) return;
    fpl_count_clear(&chains->count);
    fpli_free(chains->moves);
    fpli_free(chains);
}

int fpl_chains_length(const fpl_chains *chains)
{
    return chains->length;
}

const fpl_count *fpl_chains_count(const fpl_chains *chains)
{
    return &chains->count;
}

size_t fpl_chains_n(const fpl_chains *chains)
{
    return chains->n;
}

const size_t *fpl_chains_get(const fpl_chains *chains, size_t index)
{
    return chains->moves + index * (size_t)chains->length;
}
