/* The order of drivers with which a decision tree asks the fewest questions. */
#ifndef FPLI_TREE_ORDER_H
#define FPLI_TREE_ORDER_H

#include "study/grid.h"

/* answers: one number a row. order: n indices of drivers, the first question first. *is_smallest:
 * false if there are too many drivers to try; the order is then 0, 1, 2 ... FPL_E_MEMORY. */
fpl_status fpli_tree_order_find(const fpli_grid *grid, const uint32_t *answers,
                                int *order, bool *is_smallest);

#endif
