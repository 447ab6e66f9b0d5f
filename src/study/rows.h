/* What stands in the rows of a roadmap, method.md M5.2 and M5.3. */
#ifndef FPLI_ROWS_H
#define FPLI_ROWS_H

#include "study/roadmap.h"

/* Fill in all rows, with as many threads as the limits say. */
fpl_status fpli_rows_work_out(fpl_roadmap *roadmap, const fpl_dynamics *dynamics,
                              const fpl_limits *limits);

#endif
