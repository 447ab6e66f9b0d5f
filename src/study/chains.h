/* Paths and loops of a directed graph, length by length. */
#ifndef FPLI_CHAINS_H
#define FPLI_CHAINS_H

#include "base/clock.h"

#include <fahrplan/system.h>

/* The influence graph with its weights. */
typedef struct fpli_graph {
    int n;
    int n_edges;
    int64_t *strength; /* n * n, [from * n + to]; also the diagonal */
    int64_t *lift;     /* the same */
    bool *acts;        /* the same; an edge where true, except on the diagonal */
    int *first; /* edges that leave i: targets[first[i]] to targets[first[i + 1] - 1] */
    int *first_in;     /* edges that arrive at j, likewise in sources */
    uint16_t *targets; /* ascending for each i */
    uint16_t *sources;
} fpli_graph;

fpl_status fpli_graph_build(const fpl_model *model, fpli_graph *graph);
void fpli_graph_clear(fpli_graph *graph);

typedef struct fpli_chains {
    fpl_chain *items;
    size_t n, capacity;
    uint16_t *pool; /* their descriptors */
    size_t n_pool, pool_capacity;
    fpl_stop stop;
} fpli_chains;

/* Sign, least lift and least strength of a chain; closed: the last acts on the first. */
void fpli_chain_weigh(const fpli_graph *graph, bool closed, fpl_chain *chain);

/* All loops of at most *length descriptors; most > 0: *length becomes less, but not less than 2, if
 * there are more than that. All paths of at most `length` influences. In the order
 * that system.h promises. */
fpl_status fpli_loops_find(const fpli_graph *graph, int *length, size_t most,
                           const fpl_limits *limits, fpli_chains *chains);
fpl_status fpli_chains_between(const fpli_graph *graph, int from, int to, int length,
                               const fpl_limits *limits, fpli_chains *chains);
void fpli_chains_clear(fpli_chains *chains);

#endif
