/* Strongly connected components by Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a
 * stack of its own instead of recursion. It finishes a component after all that it reaches, so the
 * components come out in reverse topological order and are numbered backwards. */
#include "study/components.h"

#include "base/status.h"

typedef struct tarjan {
    const fpli_graph *graph;
    int *number; /* in order of discovery, from 1; 0: not seen */
    int *low;    /* the least number known to be reachable inside the component */
    int *next;   /* edge to be tried next */
    bool *open;  /* on the stack of descriptors without a component */
    uint16_t *stack, *way; /* way: from the root to the descriptor looked at */
    int n_seen, n_stack, n_closed;
    int *of; /* component, counted in the order in which they close */
} tarjan;

static void enter(tarjan *t, int d, int *depth)
{
    t->number[d] = t->low[d] = ++t->n_seen;
    t->next[d] = t->graph->first[d];
    t->open[d] = true;
    t->stack[t->n_stack++] = (uint16_t)d;
    t->way[++*depth] = (uint16_t)d;
}

static void lower(int *low, int value)
{
    if (value < *low) *low = value;
}

static void leave(tarjan *t, int d)
{
    if (t->low[d] != t->number[d]) return;
    int member;
    do {
        member = t->stack[--t->n_stack];
        t->open[member] = false;
        t->of[member] = t->n_closed;
    } while (member != d);
    t->n_closed++;
}

static void visit(tarjan *t, int root)
{
    int depth = -1;
    enter(t, root, &depth);
    while (depth >= 0) {
        const int d = t->way[depth];
        if (t->next[d] < t->graph->first[d + 1]) {
            const int to = t->graph->targets[t->next[d]++];
            if (t->number[to] == 0)
                enter(t, to, &depth);
            else if (t->open[to])
                lower(&t->low[d], t->number[to]);
            continue;
        }
        leave(t, d);
        if (--depth >= 0) lower(&t->low[t->way[depth]], t->low[d]);
    }
}

fpl_status fpli_components_find(fpli_arena *arena, const fpli_graph *graph,
                                fpli_components *components)
{
    const size_t n = (size_t)graph->n;
    tarjan t = {.graph = graph,
                .number = fpli_arena_alloc(arena, n, sizeof *t.number),
                .low = fpli_arena_alloc(arena, n, sizeof *t.low),
                .next = fpli_arena_alloc(arena, n, sizeof *t.next),
                .open = fpli_arena_alloc(arena, n, sizeof *t.open),
                .stack = fpli_arena_alloc(arena, n, sizeof *t.stack),
                .way = fpli_arena_alloc(arena, n, sizeof *t.way),
                .of = fpli_arena_alloc(arena, n, sizeof *t.of)};
    fpli_components c = {.of = t.of,
                         .first = fpli_arena_alloc(arena, n + 1, sizeof *c.first),
                         .members = fpli_arena_alloc(arena, n, sizeof *c.members)};
    if (t.number == NULL || t.low == NULL || t.next == NULL || t.open == NULL ||
        t.stack == NULL || t.way == NULL || t.of == NULL || c.first == NULL ||
        c.members == NULL)
        return FPL_E_MEMORY;
    for (int d = 0; d < graph->n; d++)
        if (t.number[d] == 0) visit(&t, d);
    c.n = t.n_closed;
    int n_members = 0;
    for (int d = 0; d < graph->n; d++) c.of[d] = c.n - 1 - c.of[d];
    for (int k = 0; k < c.n; k++) {
        c.first[k] = n_members;
        for (int d = 0; d < graph->n; d++)
            if (c.of[d] == k) c.members[n_members++] = (uint16_t)d;
    }
    c.first[c.n] = n_members;
    *components = c;
    return FPL_OK;
}
