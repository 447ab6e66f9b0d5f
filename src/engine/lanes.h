/* Lanes: for each target j, each variant b and each rival c of it, the best difference
 * th_j,b - th_j,c that the undecided descriptors still allow. docs/design/0002. */
#ifndef FPLI_LANES_H
#define FPLI_LANES_H

#include "engine/kernel.h"

#include <fahrplan/model.h>

typedef struct fpli_lane {
    uint16_t target, variant, rival;
    uint16_t flat, flat_rival; /* variants numbered through */
} fpli_lane;

typedef struct fpli_lanes {
    const fpl_model *model;
    const fpli_kernel *kernel;
    int bytes; /* of a lane: 2, or 4 if differences do not fit */
    size_t n;  /* lanes, rounded up to whole words of a mask */
    size_t n_words;
    size_t n_used;      /* lanes that mean something */
    size_t row_size;    /* bytes of a row of lanes */
    int64_t range;      /* no difference is larger, either way */
    fpli_lane *lane;    /* n_used entries: grouped by target, then by variant */
    int *first;         /* by flat variant: its first lane; one more at the end */
    void *base;         /* what does not depend on the scenario: the diagonal */
    void **variant_row; /* by flat variant: what that variant adds to every lane */
    void **
        subset_row; /* by descriptor: 2^k rows, the largest over the subset; NULL: too many */
} fpli_lanes;

/* vectors: FPLI_VECTORS_END for the best that this processor has. */
fpl_status fpli_lanes_new(const fpl_model *model, fpli_level_of_vectors vectors,
                          fpli_lanes **lanes);
/* The same for a model whose judgements will change: no difference will be larger than `range`;
 * negative: measured from the judgements as they stand. */
fpl_status fpli_lanes_new_within(const fpl_model *model, fpli_level_of_vectors vectors,
                                 int64_t range, fpli_lanes **lanes);

/* Lay out the judgements of descriptor d again. */
void fpli_lanes_refill(fpli_lanes *lanes, int d);
void fpli_lanes_free(fpli_lanes *lanes);

/* What descriptor d adds to every lane if it may still take any variant of the set: a row of its
 * own, or `scratch` (row_size bytes) filled. */
const void *fpli_lanes_row(const fpli_lanes *lanes, int d, uint64_t set, void *scratch);

/* The value of one lane in a row. */
static inline int32_t fpli_lane_value(const fpli_lanes *lanes, const void *row,
                                      size_t lane)
{
    return lanes->bytes == 2 ? ((const int16_t *)row)[lane]
                             : ((const int32_t *)row)[lane];
}

#endif
