/* The inside of a comparison, and its three parts: causes, rows, the whole. */
#ifndef FPLI_COMPARE_H
#define FPLI_COMPARE_H

#include "study/match.h"

#include <fahrplan/compare.h>

typedef struct fpli_shifts {
    fpl_shift *items;
    size_t n, capacity;
} fpli_shifts;

struct fpl_comparison {
    const fpl_model *models[2];
    fpli_match *match; /* its arena holds scenarios, causes and contributions */
    fpl_fixing *held[2];
    int n_held[2];
    int denominator;
    int unit[2]; /* what a unit of that model's judgements is in the common one */
    fpl_scenarios *scenarios[2];
    fpli_shifts shifts[2];
    fpl_roadmap_match roadmap_match;
    fpl_roadmap *roadmaps[2];
    fpl_gate_verdicts *verdicts[2];
    fpl_row_shift *rows;
    size_t n_rows, rows_capacity;
    size_t n_lone_rows[2];
    fpl_gate_shift *gates;
    size_t n_gates, gates_capacity;
    fpl_stop stop;
};

/* What is held on each side. */
typedef struct fpli_holding {
    const fpl_fixing *items[2];
    int n[2];
} fpli_holding;

/* The variant at which a side holds a descriptor; -1: it does not. */
int fpli_held_at(const fpli_holding *holding, int side, int descriptor);

/* How a scenario of one side looks on the other. */
typedef struct fpli_image {
    uint16_t *z;  /* indices of the other side; 0 where nothing corresponds */
    bool is_full; /* the other side has no further descriptors */
    bool exists;  /* it has all the variants */
} fpli_image;

/* image->z: room for the other side's descriptors. */
void fpli_image_of(const fpl_comparison *c, int side, const uint16_t *z,
                   fpli_image *image);

/* A copy of z, n indices of `side`, in the arena; NULL: no memory. */
uint16_t *fpli_keep_scenario(const fpl_comparison *c, int side, const uint16_t *z);

/* All that is against z in the other model; shift->side and shift->z stand already. */
fpl_status fpli_find_causes(const fpl_comparison *c, const fpli_holding *holding,
                            fpl_shift *shift);

/* Who leads, and what changed that: `chosen` against `rival` of descriptor d of `side`, as they stand
 * in z of that side and in its image on the other. */
fpl_status fpli_weigh(const fpl_comparison *c, const fpli_holding *holding, int side,
                      const uint16_t *z, int d, int chosen, int rival, fpl_cause *cause);

/* Rows and verdicts; both roadmaps stand already. */
fpl_status fpli_compare_rows(fpl_comparison *c);
fpl_status fpli_compare_gates(fpl_comparison *c);

#endif
