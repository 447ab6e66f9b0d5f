#include "support/roadmaps.h"

#include "support/check.h"

#include <stdio.h>

enum { LEVELS = 4, DRIVERS_MOST = 16 };

static int below(fpli_rng *rng, int n)
{
    return (int)fpli_rng_below(rng, (uint64_t)n);
}

static void add_descriptor(fpl_builder *b, const char *id, fpl_kind kind, bool ordered,
                           int k)
{
    fpl_variant variants[16] = {{.id = NULL}};
    char names[16][8];
    for (int v = 0; v < k; v++) {
        snprintf(names[v], sizeof names[v], "v%d", v);
        variants[v].id = names[v];
    }
    const fpl_descriptor d = {.id = id,
                              .kind = kind,
                              .ordered = ordered ? FPL_YES : FPL_NO,
                              .variants = {variants, k}};
    assert_int_equal(fpl_builder_add(b, FPL_RECORD_DESCRIPTOR, &d, NULL), FPL_OK);
}

static fpl_model *make_model(fpli_rng *rng, int n_drivers, int k_least, int k_most,
                             size_t rows_most)
{
    fpl_builder *b = NULL;
    fpl_model *model = NULL;
    fpl_ref drivers[DRIVERS_MOST] = {{0}};
    char names[DRIVERS_MOST][8];
    size_t rows = 1;
    assert_int_equal(fpl_builder_new(&b, NULL), FPL_OK);
    for (int d = 0; d < n_drivers; d++) {
        int k = k_least + below(rng, k_most - k_least + 1);
        if (rows * (size_t)k > rows_most) k = 1;
        rows *= (size_t)k;
        snprintf(names[d], sizeof names[d], "D%d", d);
        drivers[d].id = names[d];
        add_descriptor(b, names[d], FPL_DRIVER, below(rng, 2) == 0, k);
    }
    add_descriptor(b, "LEVEL", FPL_CHOICE, true, LEVELS);
    const fpl_content header = {.level = {.id = "LEVEL"},
                                .roadmap = {.drivers = {drivers, n_drivers}}};
    fpl_builder_set_header(b, &header, NULL);
    assert_int_equal(fpl_builder_build(b, &model, NULL), FPL_OK);
    fpl_builder_free(b);
    return model;
}

drawn_roadmap roadmap_draw(fpli_rng *rng, int n_drivers, int k_least, int k_most,
                           size_t rows_most)
{
    drawn_roadmap drawn = {
        .model = make_model(rng, n_drivers, k_least, k_most, rows_most)};
    bool matters[DRIVERS_MOST];
    fpl_level_set levels[16];
    assert_int_equal(fpl_roadmap_compute(drawn.model, NULL, NULL, &drawn.roadmap, NULL),
                     FPL_OK);
    for (int d = 0; d < n_drivers; d++) matters[d] = below(rng, 3) > 0;
    const int n_levels = 1 + below(rng, 3);
    for (int i = 0; i < 16; i++) levels[i] = (fpl_level_set)1 << below(rng, n_levels);
    for (size_t r = 0; r < drawn.roadmap->n_rows; r++) {
        fpl_row *row = &drawn.roadmap->rows[r];
        size_t sum = 0;
        for (int d = 0; d < n_drivers; d++)
            if (matters[d]) sum = sum * 3 + row->drivers[d];
        row->default_levels = levels[sum % 16];
        row->possible = levels[sum * 7 % 16] | row->default_levels;
        row->necessary = -1;
        row->tension = below(rng, 8) == 0 ? 5 : 0;
        if (below(rng, 20) == 0) row->possible = row->default_levels;
    }
    return drawn;
}

void roadmap_release(drawn_roadmap *drawn)
{
    fpl_roadmap_free(drawn->roadmap);
    fpl_model_free(drawn->model);
}
