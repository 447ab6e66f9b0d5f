/* Depth-first search with propagation: the tree below one set of domains. docs/design/0002.
 *
 * A search belongs to one thread; the lanes below it are shared. The tree depends on the domains and
 * the task alone, so any way of cutting it into pieces gives the same scenarios in the same order. */
#ifndef FPLI_SEARCH_H
#define FPLI_SEARCH_H

#include "engine/lanes.h"
#include "engine/query.h"

typedef struct fpli_search fpli_search;

/* Return false to stop. domains: one variant each for the descriptors in scope. */
typedef bool (*fpli_found)(void *context, const uint64_t *domains);

fpl_status fpli_search_new(const fpli_lanes *lanes, fpli_search **search);
void fpli_search_free(fpli_search *search);

/* The lanes of descriptor d were laid out again. */
void fpli_search_refill(fpli_search *search, int d);

/* The task of all that follows; its arrays are borrowed. */
void fpli_search_set_task(fpli_search *search, const fpli_task *task);

/* Reduce domains (n sets, in place) to what propagation leaves. False: nothing is left. */
bool fpli_search_reduce(fpli_search *search, uint64_t *domains);

/* Lanes of descriptor j that some completion of the domains may still violate. Reduce first. */
bool fpli_search_is_threatened(fpli_search *search, const uint64_t *domains, int j);

/* Visit every way to decide the descriptors in scope (n flags, NULL: all) below domains, which must
 * be reduced. max_nodes: give up after so many (0: never). Returns false if the visitor, `poll` or
 * the number of nodes stopped it. poll is asked every few hundred nodes. */
bool fpli_search_run(fpli_search *search, const uint64_t *domains, const bool *scope,
                     uint64_t max_nodes, fpli_found found, bool (*poll)(void *context),
                     void *context);

/* A position: the variants taken on the way from the root of a run to a node. Valid in `poll`, and after
 * it stopped the run: all before the position is done, the node itself and all after it is not. path:
 * room for n. Returns the length. */
int fpli_search_position(const fpli_search *search, uint8_t *path);

/* The next run begins at a position of a run with the same domains and scope. */
void fpli_search_go_on_at(fpli_search *search, const uint8_t *path, int n);

/* Guessed share of the present run that is done, 0..1: children of a node count alike. */
double fpli_search_share(const fpli_search *search);

/* The children of a node, reduced, in the order of the search: those that survive are appended to
 * `children` (n sets each; room for as many as the widest descriptor has variants). Returns their
 * number; -1 if everything in scope is decided already. */
int fpli_search_expand(fpli_search *search, const uint64_t *domains, const bool *scope,
                       uint64_t *children);

/* For a caller who walks the tree alone (tally.h): nodes lie one below the other, the root at depth
 * 0, at most one for each descriptor below it. A node stays as it is until its depth is used again. */
typedef struct fpli_place {
    const void *lanes;
    const uint64_t *live; /* mask of lanes that count */
    const uint64_t *domains;
} fpli_place;

/* domains: reduced. */
void fpli_search_start(fpli_search *search, const uint64_t *domains);
fpli_place fpli_search_place(const fpli_search *search, int depth);

/* Make the child at depth + 1 that takes variant v of d, reduced. False: it is dead. */
bool fpli_search_descend(fpli_search *search, int depth, int d, int v);

/* How much slack deciding a descriptor is expected to take from the tightest lanes in the mask: weigh
 * once at a node, then ask for each. */
void fpli_search_weigh(fpli_search *search, int depth, const uint64_t *mask);
uint32_t fpli_search_loss(const fpli_search *search, int d);

/* Nodes visited since the search was made. */
uint64_t fpli_search_nodes(const fpli_search *search);

#endif
