/* A search tree cut into boxes, in the order of the search, and what is kept of their work. */
#ifndef FPLI_BOXES_H
#define FPLI_BOXES_H

#include "base/checkpoint.h"
#include "engine/search.h"

typedef struct fpli_box {
    uint16_t *found; /* n indices a scenario, those not handed over yet */
    size_t n_found, capacity;
    uint64_t n_counted; /* if nobody visits */
    bool done;
    double weight; /* guessed share of the whole tree */
    uint8_t *path; /* where to go on in it: a position of the search */
    int n_path;
} fpli_box;

typedef struct fpli_boxes {
    int n_descriptors;
    size_t n;
    uint64_t *domains; /* n_descriptors sets a box */
    fpli_box *items;
} fpli_boxes;

/* Cut the tree below domains: replace boxes by their children, in order, until there are enough. The
 * search's task is set. FPL_E_MEMORY. */
fpl_status fpli_boxes_cut(fpli_boxes *boxes, fpli_search *search, const uint64_t *domains,
                          const bool *scope);
void fpli_boxes_clear(fpli_boxes *boxes);

static inline const uint64_t *fpli_boxes_domains(const fpli_boxes *boxes, size_t at)
{
    return boxes->domains + at * (size_t)boxes->n_descriptors;
}

/* What one worker found in a box and has not kept yet. */
typedef struct fpli_gain {
    fpli_bytes rows; /* of scenarios, a byte a descriptor */
    uint64_t n_counted;
    int64_t kept_ms;
} fpli_gain;

/* Note one scenario, all of its domains of one variant each. */
void fpli_gain_add(fpli_gain *gain, const uint64_t *domains, int n);

/* Bring the boxes to where they were kept under this part, or keep how they were cut. listed: they
 * hold scenarios, not counts. FPL_E_MEMORY, FPL_E_IO, FPL_E_SYNTAX. */
fpl_status fpli_boxes_restore(fpli_boxes *boxes, bool listed, fpl_checkpoint *checkpoint,
                              uint32_t part);

/* Keep what was gained in a box, and where its search stands or that it is done. The gain is empty
 * afterwards. FPL_E_MEMORY, FPL_E_IO. */
fpl_status fpli_boxes_keep(const fpli_boxes *boxes, size_t at, fpli_gain *gain,
                           const fpli_search *search, bool done,
                           fpl_checkpoint *checkpoint, uint32_t part);

#endif
