/* Strongly connected components of any graph. */
#ifndef FPLI_STRONG_H
#define FPLI_STRONG_H

#include <fahrplan/status.h>

/* Edges of node i: next[first[i]] to next[first[i + 1] - 1]. component: n numbers from 0, in the order
 * in which components close: an edge leads to the same or a smaller number. FPL_E_MEMORY. */
fpl_status fpli_strong_components(size_t n, const size_t *first, const uint32_t *next,
                                  uint32_t *component, uint32_t *n_components);

#endif
