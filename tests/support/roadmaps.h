/* Roadmaps with rows as a test wants them: the drivers act on nothing, the answers are drawn. */
#ifndef ROADMAPS_H
#define ROADMAPS_H

#include "base/rng.h"

#include "study/roadmap.h"

typedef struct drawn_roadmap {
    fpl_model *model;
    fpl_roadmap *roadmap;
} drawn_roadmap;

/* n_drivers drivers with k_least to k_most variants, ordered or not, four levels. Rows depend on few
 * drivers, so that there is something to merge. At most rows_most rows. */
drawn_roadmap roadmap_draw(fpli_rng *rng, int n_drivers, int k_least, int k_most,
                           size_t rows_most);
void roadmap_release(drawn_roadmap *drawn);

#endif
