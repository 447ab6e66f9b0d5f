/* Rows in products of sets of variants. */
#include "study/grid.h"

#include "base/mem.h"

fpl_status fpli_grid_make(const fpl_roadmap *roadmap, fpli_grid *grid)
{
    const size_t n = (size_t)roadmap->n_drivers;
    *grid = (fpli_grid){.n = roadmap->n_drivers, .n_rows = roadmap->n_rows};
    grid->k = fpli_new(n, sizeof *grid->k);
    grid->stride = fpli_new(n, sizeof *grid->stride);
    if (grid->k == NULL || grid->stride == NULL) return FPL_E_MEMORY;
    size_t stride = 1;
    for (int i = grid->n; i-- > 0;) {
        grid->k[i] = fpl_model_n_variants(roadmap->model, roadmap->drivers[i]);
        grid->stride[i] = stride;
        stride *= (size_t)grid->k[i];
    }
    return FPL_OK;
}

void fpli_grid_clear(fpli_grid *grid)
{
    fpli_free(grid->k);
    fpli_free(grid->stride);
    *grid = (fpli_grid){0};
}

static bool each_below(const fpli_grid *grid, const uint64_t *sets, int i, size_t row,
                       bool (*visit)(void *context, size_t row), void *context)
{
    if (i == grid->n) return visit(context, row);
    for (uint64_t set = sets[i]; set != 0; set &= set - 1) {
        const size_t v = (size_t)__builtin_ctzll(set);
        if (!each_below(grid, sets, i + 1, row + v * grid->stride[i], visit, context))
            return false;
    }
    return true;
}

bool fpli_grid_each(const fpli_grid *grid, const uint64_t *sets,
                    bool (*visit)(void *context, size_t row), void *context)
{
    return each_below(grid, sets, 0, 0, visit, context);
}

size_t fpli_grid_size(const fpli_grid *grid, const uint64_t *sets)
{
    size_t size = 1;
    for (int i = 0; i < grid->n; i++) size *= (size_t)__builtin_popcountll(sets[i]);
    return size;
}
