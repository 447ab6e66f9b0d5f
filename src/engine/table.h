/* All basins under any deterministic rule, by a table of all places where a walk can be. */
#ifndef FPLI_TABLE_H
#define FPLI_TABLE_H

#include "base/clock.h"
#include "engine/cycles.h"
#include "engine/walk.h"

/* Bytes needed at least; UINT64_MAX: too many starts. */
uint64_t fpli_table_need(const fpli_walk *walk);

/* As fpli_images_solve. The walk's held descriptors have the variants of `fixed` in all starts. */
fpl_status fpli_table_solve(fpli_walk *walk, const uint16_t *fixed, uint64_t memory,
                            fpli_watch *watch, fpli_cycles *cycles, uint64_t *needed,
                            fpl_stop *stop);

#endif
