/* Blocks of successors under the global rule: the states of the first few descriptors are lanes of
 * bytes while the others stand still. docs/design/0009.
 *
 * For each pair b < c of variants of a descriptor a row holds, by inner state, twice the lead of c
 * over b, with the tie rule M3.1 added so that no lead is zero; the outer descriptors add one number
 * to each pair. Whether c beats b in all states of a block is then one compare a state, or none
 * where the number decides it for the whole block. */
#ifndef FPLI_BLOCKS_H
#define FPLI_BLOCKS_H

#include <fahrplan/model.h>

enum { FPLI_BLOCK_STATES = 256 };

typedef struct fpli_blocks fpli_blocks;

/* What a table of blocks is of. Descriptors out of scope keep the variant of `fixed`. stickiness: by
 * descriptor, in units of 1/denominator; NULL: none. */
typedef struct fpli_blocks_task {
    const fpl_model *model;
    const bool *scope;
    const uint16_t *fixed;
    const int32_t *stickiness;
} fpli_blocks_task;

fpl_status fpli_blocks_new(const fpli_blocks_task *task, fpli_blocks **blocks);
void fpli_blocks_free(fpli_blocks *blocks);

/* States in all: 0 if they do not fit 63 bits. Numbers of blocks and of states in a block. */
uint64_t fpli_blocks_space(const fpli_blocks *blocks);
uint64_t fpli_blocks_n(const fpli_blocks *blocks);
size_t fpli_blocks_states(const fpli_blocks *blocks);

/* The scenario of a state: the variants of those in scope, `fixed` for the others. */
void fpli_blocks_scenario(const fpli_blocks *blocks, uint64_t state, uint16_t *z);

/* Runs of states of one block that have the same successor. */
typedef struct fpli_runs {
    size_t n;
    uint16_t start[FPLI_BLOCK_STATES + 1]; /* within the block; start[n] is its size */
    uint64_t successor[FPLI_BLOCK_STATES];
} fpli_runs;

/* A cursor belongs to one thread. */
typedef struct fpli_cursor fpli_cursor;

fpl_status fpli_cursor_new(const fpli_blocks *blocks, fpli_cursor **cursor);
void fpli_cursor_free(fpli_cursor *cursor);
void fpli_cursor_set(fpli_cursor *cursor, uint64_t block);

/* The runs of the block at which the cursor stands. */
void fpli_cursor_runs(fpli_cursor *cursor, fpli_runs *runs);
void fpli_cursor_next(fpli_cursor *cursor);

#endif
