/* One search tree, worked through by one thread or by many with the same outcome in the same order.
 *
 * It begins with one thread. If that takes too many nodes and there are more threads, or a checkpoint
 * to keep, the tree is cut into boxes, in the order of the search, and threads claim them; what they
 * find is handed over box by box. */
#ifndef FPLI_HUNT_H
#define FPLI_HUNT_H

#include "base/clock.h"
#include "engine/search.h"

typedef struct fpli_hunt {
    const fpli_lanes *lanes;
    const fpli_task *task;
    fpli_search *search;     /* for the first thread; its task is set */
    const uint64_t *domains; /* reduced */
    const bool *scope;       /* NULL: all */
    fpli_watch *watch;
    uint32_t part; /* of the checkpoint, if the watch has one */
    fpl_visitor
        visitor; /* NULL: only count; descriptors out of scope show their first variant */
    void *context;
    /* results */
    fpl_stop stop;
    uint64_t found; /* given to the visitor, or counted */
    uint64_t nodes;
} fpli_hunt;

fpl_status fpli_hunt_run(fpli_hunt *hunt);

#endif
