/* The inside of the roadmap graph. */
#ifndef FPLI_STUDY_GRAPH_H
#define FPLI_STUDY_GRAPH_H

#include "engine/pool.h"
#include "study/roadmap.h"

#include <fahrplan/graph.h>

typedef struct fpli_situation { /* members of a situation in the list of all */
    size_t first, length;
    fpl_level_set levels;
} fpli_situation;

struct fpl_graph {
    const fpl_roadmap *roadmap;
    fpli_pool pool; /* the first member of each situation */
    fpli_situation *situations;
    uint16_t *members;
    fpl_graph_move *moves;
    size_t *first; /* move of each situation, and one more */
    size_t situations_capacity, n_members, members_capacity, n_moves, moves_capacity,
        first_capacity;
    fpl_stop stop;
};

#endif
