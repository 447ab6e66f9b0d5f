/* All basins under the global rule without a table of all states: only images of states are kept.
 * docs/design/0009. */
#ifndef FPLI_IMAGES_H
#define FPLI_IMAGES_H

#include "base/checkpoint.h"
#include "base/clock.h"
#include "engine/blocks.h"
#include "engine/cycles.h"

/* Bytes that are needed whatever the images come to; UINT64_MAX if the space does not fit. */
uint64_t fpli_images_need(const fpli_blocks *blocks);

/* Parts of the checkpoint. Each time something is kept it replaces all before: the island at work, its
 * pass and the chunk to come, the attractors of the islands before it; the images; the weights. */
enum { FPLI_KEPT_ISLANDS = 0, FPLI_KEPT_BITS, FPLI_KEPT_COUNTS };

/* For one run over islands. */
typedef struct fpli_images_keeper {
    fpl_checkpoint *checkpoint;
    const fpli_cycles *before; /* of the islands before the present one */
    uint32_t island;
    int pass; /* taken from the checkpoint and not taken up yet; 0: none */
    uint64_t next;
    int64_t kept_ms;
} fpli_images_keeper;

/* Append the attractors of the blocks to cycles. keeper: NULL if nothing is kept. *needed: bytes that
 * the whole run needs; if that is more than `memory` the result is FPL_E_UNSUPPORTED. *stop: if not
 * FPL_COMPLETE, cycles is as before. FPL_E_SYNTAX: the checkpoint does not fit. */
fpl_status fpli_images_solve(const fpli_blocks *blocks, uint64_t memory,
                             fpli_watch *watch, fpli_images_keeper *keeper,
                             fpli_cycles *cycles, uint64_t *needed, fpl_stop *stop);

#endif
