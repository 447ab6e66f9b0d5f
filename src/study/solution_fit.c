/* Whether a row of a solution file belongs to a model: nothing in the file says so, so
 * shape and figures are compared. */
#include <fahrplan/solutions.h>

fpl_fit fpl_solution_fit(const fpl_solutions *solutions, size_t index,
                         const fpl_model *model, fpl_figures *figures,
                         int32_t *balance_workspace)
{
    const fpl_solution *solution = fpl_solutions_get(solutions, index);
    const int n = fpl_model_n_descriptors(model);
    if (solution == NULL || fpl_solutions_n_descriptors(solutions) != n)
        return FPL_FIT_SHAPE;
    for (int d = 0; d < n; d++)
        if (solution->z[d] >= fpl_model_n_variants(model, d)) return FPL_FIT_SHAPE;
    fpl_figures found;
    fpl_consistency(model, solution->z, balance_workspace, NULL, &found);
    if (figures != NULL) *figures = found;
    const int denominator = fpl_model_denominator(model);
    if (found.consistency % denominator != 0 ||
        found.consistency / denominator != solution->consistency)
        return FPL_FIT_CONSISTENCY;
    if (found.tis % denominator != 0 || found.tis / denominator != solution->tis)
        return FPL_FIT_TIS;
    return FPL_FITS;
}
