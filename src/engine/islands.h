/* Islands: groups of undecided descriptors that have nothing to say to each other any more. */
#ifndef FPLI_ISLANDS_H
#define FPLI_ISLANDS_H

#include "engine/search.h"

typedef struct fpli_islands {
    int n;
    bool *scope; /* n rows of one flag a descriptor */
} fpli_islands;

/* domains: reduced. Two descriptors share an island if one acts on a test of the other that is still
 * open, if both act on the same open test, or if an exclusion or the condition of the task names
 * both; a bound on the total joins all. FPL_E_MEMORY. */
fpl_status fpli_islands_find(fpli_search *search, const fpl_model *model,
                             const fpli_task *task, const uint64_t *domains,
                             fpli_islands *islands);
void fpli_islands_clear(fpli_islands *islands);

#endif
