/* Components close after all that they reach, so they come out in reverse topological order and are
 * numbered backwards. */
#include "study/components.h"

#include "base/status.h"
#include "base/strong.h"

static fpl_status number_components(fpli_arena *arena, const fpli_graph *graph,
                                    uint32_t *component, uint32_t *n)
{
    const size_t n_nodes = (size_t)graph->n;
    size_t *first = fpli_arena_alloc(arena, n_nodes + 1, sizeof *first);
    uint32_t *next = fpli_arena_alloc(arena, (size_t)graph->n_edges, sizeof *next);
    if (first == NULL || next == NULL) return FPL_E_MEMORY;
    for (size_t i = 0; i <= n_nodes; i++) first[i] = (size_t)graph->first[i];
    for (size_t e = 0; e < first[n_nodes]; e++) next[e] = graph->targets[e];
    return fpli_strong_components(n_nodes, first, next, component, n);
}

fpl_status fpli_components_find(fpli_arena *arena, const fpli_graph *graph,
                                fpli_components *components)
{
    const size_t n = (size_t)graph->n;
    uint32_t n_components = 0;
    uint32_t *component = fpli_arena_alloc(arena, n, sizeof *component);
    fpli_components c = {.of = fpli_arena_alloc(arena, n, sizeof *c.of),
                         .first = fpli_arena_alloc(arena, n + 1, sizeof *c.first),
                         .members = fpli_arena_alloc(arena, n, sizeof *c.members)};
    if (component == NULL || c.of == NULL || c.first == NULL || c.members == NULL)
        return FPL_E_MEMORY;
    const fpl_status status = number_components(arena, graph, component, &n_components);
    if (status != FPL_OK) return status;
    c.n = (int)n_components;
    int n_members = 0;
    for (int d = 0; d < graph->n; d++) c.of[d] = c.n - 1 - (int)component[d];
    for (int k = 0; k < c.n; k++) {
        c.first[k] = n_members;
        for (int d = 0; d < graph->n; d++)
            if (c.of[d] == k) c.members[n_members++] = (uint16_t)d;
    }
    c.first[c.n] = n_members;
    *components = c;
    return FPL_OK;
}
