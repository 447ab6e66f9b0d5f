/* The residual graph of a node of the search: what is still open, which tests may still fail, and
 * who decides them. Groups of open descriptors that share no such test and no condition are
 * independent: their counts are multiplied. docs/design/0008. */
#ifndef FPLI_RESIDUAL_H
#define FPLI_RESIDUAL_H

#include "engine/search.h"

/* A formula that ties together the descriptors it names. */
typedef struct fpli_tie {
    const fpl_formula *formula;
    bool is_exclusion; /* else the condition of the task */
    uint16_t *named;
    int n_named;
} fpli_tie;

/* What does not change from node to node. */
typedef struct fpli_residual fpli_residual;

/* Lists of one group, borrowed from a split. tests: descriptors with a lane that may still turn out
 * negative, whether they are decided or not. */
typedef struct fpli_group {
    const uint16_t *open, *tests, *ties;
    int n_open, n_tests, n_ties;
    const uint64_t
        *threat; /* mask: lanes that were threatened where the group was made, at least */
} fpli_group;

/* The groups of one node: descriptors, tests and ties, each list sorted by group, then by index. */
typedef struct fpli_split {
    int n_groups;
    uint16_t *open, *tests, *ties;
    int *first_open, *first_test, *first_tie; /* by group, one more at the end */
    uint16_t *degree;  /* by descriptor: tests of its group that it acts on */
    uint16_t *sources; /* by descriptor that is tested: open descriptors that act on it */
    uint64_t *threat;  /* mask of the lanes that may still turn out negative */
} fpli_split;

/* The task's arrays are borrowed. FPL_E_MEMORY. */
fpl_status fpli_residual_new(const fpli_lanes *lanes, const fpli_task *task,
                             fpli_residual **residual);
void fpli_residual_free(fpli_residual *residual);

const fpli_tie *fpli_residual_tie(const fpli_residual *residual, int tie);

/* More than any list of ties holds. */
int fpli_residual_n_ties(const fpli_residual *residual);

fpl_status fpli_split_init(const fpli_residual *residual, fpli_split *split);
void fpli_split_clear(fpli_split *split);

/* Split a group further at a node below. within: a group of a node above, or everything at the
 * beginning; it may not be part of the same split. */
void fpli_residual_split(fpli_residual *residual, const fpli_place *place,
                         const fpli_group *within, fpli_split *split);
fpli_group fpli_split_group(const fpli_split *split, int group);

/* Whether an open descriptor d can still change the test of j. */
bool fpli_residual_acts(const fpli_residual *residual, const fpli_place *place,
                        const fpli_split *split, int d, int j);

/* Whether the lane is one of those that may still turn out negative. */
static inline bool fpli_split_is_threatened(const fpli_split *split, int lane)
{
    return (split->threat[lane / 64] >> lane % 64 & 1) != 0;
}

#endif
