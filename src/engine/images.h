/* All basins under the global rule without a table of all states: only images of states are kept.
 * docs/design/0009. */
#ifndef FPLI_IMAGES_H
#define FPLI_IMAGES_H

#include "base/clock.h"
#include "engine/blocks.h"
#include "engine/cycles.h"

/* Bytes that are needed whatever the images come to; UINT64_MAX if the space does not fit. */
uint64_t fpli_images_need(const fpli_blocks *blocks);

/* Append the attractors of the blocks to cycles. *needed: bytes that the whole run needs; if that is
 * more than `memory` the result is FPL_E_UNSUPPORTED. *stop: if not FPL_COMPLETE, cycles is as
 * before. */
fpl_status fpli_images_solve(const fpli_blocks *blocks, uint64_t memory,
                             fpli_watch *watch, fpli_cycles *cycles, uint64_t *needed,
                             fpl_stop *stop);

#endif
