/* Strongly connected components. */
#ifndef FPLI_COMPONENTS_H
#define FPLI_COMPONENTS_H

#include "base/mem.h"
#include "study/chains.h"

typedef struct fpli_components {
    int n;
    int *of;           /* the component of each descriptor */
    int *first;        /* members[first[c]] to members[first[c + 1] - 1], ascending */
    uint16_t *members; /* of all components, one after the other */
} fpli_components;

/* In topological order: edges lead to later components only. Everything lives in the arena. */
fpl_status fpli_components_find(fpli_arena *arena, const fpli_graph *graph,
                                fpli_components *components);

#endif
