/* Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a stack of its own instead of recursion:
 * a component closes after all that it reaches. */
#include "base/strong.h"

#include "base/mem.h"
#include "base/status.h"

#define OPEN UINT32_MAX /* no component yet */

typedef struct tarjan {
    const size_t *first;
    const uint32_t *next;
    uint32_t *component;
    uint32_t *arrival, *low; /* arrival 0: not seen yet */
    uint32_t *path;          /* of the depth-first search */
    size_t *edge;            /* by node: the next edge to look at */
    uint32_t *stack;         /* nodes without a component */
    size_t n_path, n_stack;
    uint32_t n_arrived, n_components;
} tarjan;

static void arrive(tarjan *t, uint32_t at)
{
    t->arrival[at] = t->low[at] = ++t->n_arrived;
    t->edge[at] = t->first[at];
    t->path[t->n_path++] = at;
    t->stack[t->n_stack++] = at;
}

static void leave(tarjan *t, uint32_t at)
{
    t->n_path--;
    if (t->n_path > 0) {
        const uint32_t parent = t->path[t->n_path - 1];
        if (t->low[at] < t->low[parent]) t->low[parent] = t->low[at];
    }
    if (t->low[at] != t->arrival[at]) return;
    uint32_t member;
    do {
        member = t->stack[--t->n_stack];
        t->component[member] = t->n_components;
    } while (member != at);
    t->n_components++;
}

static void search_from(tarjan *t, uint32_t root)
{
    arrive(t, root);
    while (t->n_path > 0) {
        const uint32_t at = t->path[t->n_path - 1];
        if (t->edge[at] == t->first[at + 1]) {
            leave(t, at);
            continue;
        }
        const uint32_t to = t->next[t->edge[at]++];
        if (t->arrival[to] == 0)
            arrive(t, to);
        else if (t->component[to] == OPEN && t->arrival[to] < t->low[at])
            t->low[at] = t->arrival[to];
    }
}

fpl_status fpli_strong_components(size_t n, const size_t *first, const uint32_t *next,
                                  uint32_t *component, uint32_t *n_components)
{
    fpl_status status = FPL_OK;
    tarjan t = {.first = first,
                .next = next,
                .component = component,
                .arrival = fpli_new(n, sizeof *t.arrival),
                .low = fpli_new(n, sizeof *t.low),
                .path = fpli_new(n, sizeof *t.path),
                .edge = fpli_new(n, sizeof *t.edge),
                .stack = fpli_new(n, sizeof *t.stack)};
    FPL_TRY(t.arrival == NULL || t.low == NULL || t.path == NULL || t.edge == NULL ||
                    t.stack == NULL
                ? FPL_E_MEMORY
                : FPL_OK);
    for (size_t i = 0; i < n; i++) component[i] = OPEN;
    for (size_t i = 0; i < n; i++)
        if (t.arrival[i] == 0) search_from(&t, (uint32_t)i);
    *n_components = t.n_components;
out:
    fpli_free(t.arrival);
    fpli_free(t.low);
    fpli_free(t.path);
    fpli_free(t.edge);
    fpli_free(t.stack);
    return status;
}
