/* The successor of every state under the global rule, one thread. The answer is the number of states
 * that are their own; that the others are right is what the basins are compared for. */
#include "instance.h"

#include "engine/blocks.h"

#include <inttypes.h>
#include <stdio.h>

static uint64_t own_successors(const fpli_runs *runs, uint64_t first)
{
    uint64_t n = 0;
    for (size_t r = 0; r < runs->n; r++) {
        const uint64_t at = runs->successor[r] - first; /* wraps round below the block */
        n += at >= runs->start[r] && at < runs->start[r + 1];
    }
    return n;
}

static instance_result solve(const fpl_model *model, const void *context)
{
    static const uint16_t fixed[FPL_DESCRIPTORS_MAX];
    bool scope[FPL_DESCRIPTORS_MAX];
    for (int d = 0; d < FPL_DESCRIPTORS_MAX; d++) scope[d] = true;
    const fpli_blocks_task task = {model, scope, fixed, NULL};
    fpli_blocks *blocks = NULL;
    fpli_cursor *cursor = NULL;
    fpli_runs runs;
    uint64_t found = 0;
    (void)context;
    if (fpli_blocks_new(&task, &blocks) != FPL_OK ||
        fpli_cursor_new(blocks, &cursor) != FPL_OK)
        instance_fail("no memory");
    for (uint64_t b = 0; b < fpli_blocks_n(blocks); b++, fpli_cursor_next(cursor)) {
        fpli_cursor_runs(cursor, &runs);
        found += own_successors(&runs, b * fpli_blocks_states(blocks));
    }
    instance_result result = {.work = fpli_blocks_space(blocks)};
    snprintf(result.answer, sizeof result.answer, "%" PRIu64, found);
    fpli_cursor_free(cursor);
    fpli_blocks_free(blocks);
    return result;
}

int main(int argc, char **argv)
{
    fpl_model *model = instance_from(argc, argv);
    instance_measure(model, solve, NULL);
    fpl_model_free(model);
    return 0;
}
