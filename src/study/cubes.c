/* A cube with two variants of a driver is the union of two smaller ones that stand before it. */
#include "study/cubes.h"

#include "base/mem.h"
#include "base/status.h"

size_t fpli_cubes_count(const fpli_grid *grid)
{
    size_t n = 1;
    for (int i = 0; i < grid->n; i++) {
        if (grid->k[i] > 23) return 0;
        n *= ((size_t)1 << grid->k[i]) - 1;
        if (n > FPLI_CUBES_MOST) return 0;
    }
    return n;
}

/* The value of a cube from those before it. */
static uint32_t value_of(const fpli_cubes *cubes, const uint32_t *answers, size_t cube,
                         const uint64_t *sets)
{
    size_t row = 0;
    for (int i = 0; i < cubes->grid->n; i++) {
        const uint64_t rest = sets[i] & (sets[i] - 1);
        if (rest != 0) {
            const uint32_t a = cubes->value[cube - rest * cubes->stride[i]];
            const uint32_t b = cubes->value[cube - (sets[i] - rest) * cubes->stride[i]];
            if (a == FPLI_ANY + 1) return b;
            return a == b || b == FPLI_ANY + 1 ? a : 0;
        }
        row += (size_t)__builtin_ctzll(sets[i]) * cubes->grid->stride[i];
    }
    return answers[row] + 1;
}

fpl_status fpli_cubes_make(const fpli_grid *grid, const uint32_t *answers,
                           fpli_cubes *cubes)
{
    fpl_status status = FPL_OK;
    *cubes = (fpli_cubes){.grid = grid, .n = fpli_cubes_count(grid)};
    uint64_t *sets = fpli_new((size_t)grid->n, sizeof *sets);
    cubes->stride = fpli_new((size_t)grid->n, sizeof *cubes->stride);
    cubes->value = fpli_new(cubes->n, sizeof *cubes->value);
    FPL_TRY(sets == NULL || cubes->stride == NULL || cubes->value == NULL ? FPL_E_MEMORY
                                                                          : FPL_OK);
    size_t stride = 1;
    for (int i = grid->n; i-- > 0;) {
        cubes->stride[i] = stride;
        stride *= ((size_t)1 << grid->k[i]) - 1;
        sets[i] = 1;
    }
    for (size_t cube = 0; cube < cubes->n; cube++) {
        cubes->value[cube] = value_of(cubes, answers, cube, sets);
        for (int i = grid->n; i-- > 0;) { /* the next cube */
            if (++sets[i] < (uint64_t)1 << grid->k[i]) break;
            sets[i] = 1;
        }
    }
out:
    fpli_free(sets);
    return status;
}

void fpli_cubes_clear(fpli_cubes *cubes)
{
    fpli_free(cubes->stride);
    fpli_free(cubes->value);
    *cubes = (fpli_cubes){0};
}

void fpli_cube_sets(const fpli_cubes *cubes, size_t cube, uint64_t *sets)
{
    for (int i = 0; i < cubes->grid->n; i++) {
        sets[i] = cube / cubes->stride[i] + 1;
        cube %= cubes->stride[i];
    }
}

bool fpli_cube_is_prime(const fpli_cubes *cubes, size_t cube, const uint64_t *sets)
{
    const uint32_t own = cubes->value[cube];
    if (own == 0 || own == FPLI_ANY + 1) return false;
    for (int i = 0; i < cubes->grid->n; i++) {
        const uint64_t all = ((uint64_t)1 << cubes->grid->k[i]) - 1;
        for (uint64_t more = all & ~sets[i]; more != 0; more &= more - 1)
            if (cubes->value[cube + (more & (~more + 1)) * cubes->stride[i]] == own)
                return false;
    }
    return true;
}
